/** A source of pattern and event pairs that are near enough to each other to match now and then. */
export interface PairSource {
  readonly pattern: () => string;
  /** A pattern with something wrong in it, as a rule. */
  readonly brokenPattern: () => string;
  readonly event: () => string;
}

const names = ['a', 'b', 'c', 'a.b', 'd'] as const;
const words = (text: string): readonly string[] => text.split(' ');
const strings = [
  '',
  'x y',
  ...words('a b ab ba abc aab abab A AB aB é É a*b a\\b " 1 300 true'),
  ...words('10.0.0.1 10.0.0.255 10.0.1.1 010.0.0.1 300.1.1.1 ::1 0:0:0:0:0:0:0:1 2001:db8::ff'),
];
const numberTexts = words(
  '0 -0 0.0 1 -1 1.5 300 300.0 3.0e2 3e2 0.1 1e-7 5e9 123456789012 1E400 ' +
    '9007199254740993 0.30000000000000004 12345678901234567890 -5000000000 1.10',
);
const wildcards = ['*', 'a*', '*b', '*a*', 'a*b', '*a*b*', 'a\\\\*b', 'ab*ab', '', 'abc', '*\\\\\\\\*', 'é*'];
const networks = ['10.0.0.0/24', '10.0.0.7/8', '10.0.0.1/31', '2001:db8::/32', '192.168.0.0/16', '::1/127'];

const junk = [...words('" { } [ ] , : 1 null x \\ ** "a":1 {"x":1} 01 - \\u00 / {"prefix":1} []'), '', ' '];

export function createPairSource(random: () => number): PairSource {
  const dice = createDice(random);
  return {
    pattern: () => fields(dice, 1),
    brokenPattern: () => broken(dice),
    event: () => object(dice, 2),
  };
}

interface Dice {
  readonly below: (limit: number) => number;
  readonly chance: (of: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly times: (min: number, max: number, make: () => string) => string;
}

function createDice(random: () => number): Dice {
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    chance: (of) => random() < of,
    pick(from) {
      const item = from[below(from.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    times: (min, max, make) => Array.from({ length: min + below(max - min + 1) }, make).join(','),
  };
}

function string({ pick }: Dice): string {
  return JSON.stringify(pick(strings));
}

function word({ pick }: Dice): string {
  return JSON.stringify(pick(['a', 'b', 'ab', 'A', 'é', 'abc', 'B']));
}

function leaf(dice: Dice): string {
  const kind = dice.below(20);
  if (kind < 11) return string(dice);
  return dice.pick(kind < 17 ? numberTexts : ['true', 'false', 'null']);
}

function value(dice: Dice, depth: number): string {
  const kind = dice.below(10);
  if (depth > 0 && kind < 3) return object(dice, depth - 1);
  if (depth > 0 && kind < 5) return `[${dice.times(0, 3, () => value(dice, depth - 1))}]`;
  return leaf(dice);
}

function object(dice: Dice, depth: number): string {
  return `{${dice.times(1, 4, () => `"${dice.pick(names)}":${value(dice, depth)}`)}}`;
}

function numeric({ pick }: Dice): string {
  const [low = '0', high = '1'] = [pick(numberTexts), pick(numberTexts)].sort((a, b) => Number(a) - Number(b));
  const bounds = pick(['=', '>', '>=', '<', '<=', 'both', 'both']);
  if (bounds !== 'both') return `["${bounds}",${low}]`;
  return `["${pick(['>', '>='])}",${low},"${pick(['<', '<='])}",${high}]`;
}

function listOf({ chance, times }: Dice, make: () => string): string {
  return chance(0.5) ? make() : `[${times(1, 3, make)}]`;
}

function test(dice: Dice): string {
  const { pick } = dice;
  const wildcard = (): string => `"${pick(wildcards)}"`;
  switch (dice.below(16)) {
    case 0:
      return `{"prefix":${word(dice)}}`;
    case 1:
      return `{"suffix":${word(dice)}}`;
    case 2:
    case 3:
      return `{"${pick(['prefix', 'suffix'])}":{"equals-ignore-case":${word(dice)}}}`;
    case 4:
      return `{"equals-ignore-case":${string(dice)}}`;
    case 5:
      return `{"anything-but":${listOf(dice, dice.chance(0.5) ? () => string(dice) : () => pick(numberTexts.slice(0, 13)))}}`;
    case 6:
      return `{"anything-but":{"${pick(['prefix', 'suffix', 'equals-ignore-case'])}":${listOf(dice, () => word(dice))}}}`;
    case 7:
      return `{"anything-but":{"wildcard":${listOf(dice, wildcard)}}}`;
    case 8:
      return `{"numeric":${numeric(dice)}}`;
    case 9:
      return `{"exists":${pick(['true', 'false'])}}`;
    case 10:
      return `{"cidr":"${pick(networks)}"}`;
    case 11:
      return `{"wildcard":${wildcard()}}`;
    default:
      return leaf(dice);
  }
}

function field(dice: Dice, depth: number): string {
  if (depth > 0 && dice.chance(0.35)) return `"${dice.pick(names)}":${fields(dice, depth - 1)}`;
  return `"${dice.pick(names)}":[${dice.times(1, 2, () => test(dice))}]`;
}

function fields(dice: Dice, depth: number): string {
  const members = dice.times(1, 2, () => field(dice, depth));
  if (!dice.chance(0.2)) return `{${members}}`;
  return `{${members},"$or":[${dice.times(2, 3, () => fields(dice, Math.max(0, depth - 1)))}]}`;
}

function broken(dice: Dice): string {
  const whole = fields(dice, 1);
  const at = dice.below(whole.length);
  return whole.slice(0, at) + dice.pick(junk) + whole.slice(at + dice.below(3));
}
