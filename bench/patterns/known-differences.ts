/** A pattern and an event on which event-ruler 2.1 and the engine do not agree, and whom AWS's pages support. */
export interface KnownDifference {
  readonly id: string;
  readonly what: string;
  readonly pattern: string;
  readonly event: string;
  /** t: matches, f: does not, e: the pattern is refused. */
  readonly ours: 't' | 'f' | 'e';
  readonly ruler: 't' | 'f' | 'e';
  readonly supported: string;
}

const operators = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html';
const arrays = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html';

export const knownDifferences: readonly KnownDifference[] = [
  {
    id: 'wildcard-beside-others',
    what: 'A field is tested by a wildcard and by a test that ignores case or is for a suffix: event-ruler loses track of the star and takes or leaves values that neither test (or `anything-but`) does.',
    pattern: '{"a":[{"wildcard":"*b"},{"equals-ignore-case":"a"}]}',
    event: '{"a":"300"}',
    ours: 'f',
    ruler: 't',
    supported: `ours: each test of a list stands for itself, ${operators}`,
  },
  {
    id: 'structured-finder',
    what: 'A field has values inside and outside one array (a dotted name beside a nested one, or an array of mixed depth): once an element is settled, event-ruler 2 no longer looks at the values outside. Its older finder does.',
    pattern: '{"a":["x"],"a.b":[{"exists":true}]}',
    event: '{"a":[["x"],{"b":1}],"a.b":2}',
    ours: 't',
    ruler: 'f',
    supported: `ours: any value of the field may match, ${arrays}`,
  },
  {
    id: 'cidr-takes-a-number',
    what: "A short mask leaves few hexadecimal digits to compare, and event-ruler compares them with a number's decimal digits.",
    pattern: '{"a":[{"cidr":"0.0.0.0/0"}]}',
    event: '{"a":300}',
    ours: 'f',
    ruler: 't',
    supported: `ours: \`cidr\` matches IP addresses, ${operators}`,
  },
  {
    id: 'cidr-takes-the-other-family',
    what: 'With a short mask an IPv6 network takes IPv4 addresses whose first digits are the same, and the other way round.',
    pattern: '{"a":[{"cidr":"::/0"}]}',
    event: '{"a":"10.0.0.1"}',
    ours: 'f',
    ruler: 't',
    supported: `ours: an address of the other family is not in the network, ${operators}`,
  },
  {
    id: 'double-text',
    what: 'Whether a number can be compared is decided by the text that Java 17 writes for a double; for a few, 1e23 among them, that is not the shortest one.',
    pattern: '{"a":[{"numeric":[">",1]}]}',
    event: '{"a":100000000000000000000000}',
    ours: 't',
    ruler: 'f',
    supported: `neither: AWS promises numbers from -5.0e9 to 5.0e9, ${operators}`,
  },
  {
    id: 'ignore-case-and-surrogates',
    what: 'event-ruler folds UTF-16 units one by one, and half a character beyond the basic plane becomes a question mark.',
    pattern: '{"a":[{"equals-ignore-case":"\u{1f600}"}]}',
    event: '{"a":"??"}',
    ours: 'f',
    ruler: 't',
    supported: `ours: strings are compared character by character, ${operators}`,
  },
  {
    id: 'ignore-case-and-longer-letters',
    what: 'A letter whose other case is longer matches that in event-ruler. Here characters are folded one by one to lower case.',
    pattern: '{"a":[{"equals-ignore-case":"ß"}]}',
    event: '{"a":"SS"}',
    ours: 'f',
    ruler: 't',
    supported: `neither: no page says how case is folded, ${operators}`,
  },
  {
    id: 'complexity',
    what: 'How complex wildcards may be is for the service to say. It was recorded to refuse a pattern that event-ruler measures as 11; here more than 10 is refused.',
    pattern: '{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}',
    event: '{"a":"x"}',
    ours: 'e',
    ruler: 'f',
    supported: 'ours: recorded',
  },
];

/** The row that a difference found by chance belongs to. */
export function explainDifference(pattern: string): string | undefined {
  return /"wildcard"/.test(pattern) && /ignore-case"|"suffix"/.test(pattern) ? 'wildcard-beside-others' : undefined;
}

/** The same for errors: what is no JSON is refused alike, but the place of a broken number may be off by a few. */
export function explainProblem(pattern: string, theirs: string): string | undefined {
  if (theirs.startsWith('Cannot compare number')) return 'double-text';
  return theirs.includes(' in numeric value: ') && !isJson(pattern) ? 'place-of-a-broken-number' : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
