/** Six fields as AWS reads them: minutes, hours, day of month, month, day of week, year. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  /** Is the day of the month (from 1) one of them? */
  readonly isDay: (year: number, month: number, day: number) => boolean;
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const firstYear = 1970;
const lastYear = 2199;

/** `undefined` for what AWS refuses. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  const [minuteText = '', hourText = '', dayText = '', monthText = '', weekdayText = '', yearText = ''] = fields;
  const minutes = parseField(minuteText, { min: 0, max: 59 });
  const hours = parseField(hourText, { min: 0, max: 23 });
  const months = parseField(monthText, { min: 1, max: 12, names: monthNames });
  const years = parseField(yearText, { min: firstYear, max: lastYear });
  const isDay = parseDays(dayText, weekdayText);
  if (fields.length !== 6 || !minutes || !hours || !months || !years || !isDay) return undefined;
  return { minutes, hours, months: new Set(months), years: new Set(years), isDay };
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

/** `*`, values, ranges, steps and lists of them, as sorted numbers. */
function parseField(text: string, range: Range): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, all, fromText, toText, stepText] = match;
    const from = all === undefined ? parseValue(fromText ?? '', range) : range.min;
    const alone = toText === undefined && stepText === undefined && all === undefined;
    const to = toText === undefined ? (alone ? from : range.max) : parseValue(toText, range);
    const step = stepText === undefined ? 1 : Number(stepText);
    if (from === undefined || to === undefined || step < 1) return undefined;
    // A range that ends before it starts goes over the end: FRI-MON.
    const span = to < from ? to + range.max - range.min + 1 : to;
    for (let value = from; value <= span; value += step) {
      values.add(value > range.max ? value - range.max + range.min - 1 : value);
    }
  }
  return [...values].sort((a, b) => a - b);
}

function parseValue(text: string, { min, max, names }: Range): number | undefined {
  const named = names === undefined ? -1 : names.indexOf(text.toUpperCase());
  if (named !== -1) return min + named;
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** One of the two fields must be `?`, and only one. */
function parseDays(dayText: string, weekdayText: string): Cron['isDay'] | undefined {
  if (dayText === '?') return weekdayText === '?' ? undefined : parseWeekdays(weekdayText);
  return weekdayText === '?' ? parseMonthDays(dayText) : undefined;
}

function parseMonthDays(text: string): Cron['isDay'] | undefined {
  if (text === 'L') return (year, month, day) => day === daysIn(year, month);
  if (text === 'LW') return (year, month, day) => day === nearestWeekday(year, month, daysIn(year, month));
  const near = /^(\d+)W$/.exec(text);
  if (near !== null) {
    const wanted = Number(near[1]);
    if (wanted < 1 || wanted > 31) return undefined;
    return (year, month, day) => wanted <= daysIn(year, month) && day === nearestWeekday(year, month, wanted);
  }
  const days = parseField(text, { min: 1, max: 31 });
  return days && ((_year, _month, day) => days.includes(day));
}

function parseWeekdays(text: string): Cron['isDay'] | undefined {
  const range = { min: 1, max: 7, names: dayNames };
  if (text === 'L') return (year, month, day) => weekday(year, month, day) === 7;
  const last = /^(\w+)L$/.exec(text);
  if (last !== null) {
    const wanted = parseValue(last[1] ?? '', range);
    if (wanted === undefined) return undefined;
    return (year, month, day) => weekday(year, month, day) === wanted && day + 7 > daysIn(year, month);
  }
  const nth = /^(\w+)#([1-5])$/.exec(text);
  if (nth !== null) {
    const wanted = parseValue(nth[1] ?? '', range);
    if (wanted === undefined) return undefined;
    return (year, month, day) => weekday(year, month, day) === wanted && Math.ceil(day / 7) === Number(nth[2]);
  }
  const days = parseField(text, range);
  return days && ((year, month, day) => days.includes(weekday(year, month, day)));
}

/** 1 is Sunday. */
function weekday(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The working day nearest to a day, in the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const of = weekday(year, month, day);
  if (of === 7) return day === 1 ? 3 : day - 1;
  if (of === 1) return day === daysIn(year, month) ? day - 2 : day + 1;
  return day;
}

/** The first minute after `fromMs` that the expression names, in UTC. */
export function nextCronMs({ minutes, hours, months, years, isDay }: Cron, fromMs: number): number | undefined {
  const from = new Date(fromMs);
  for (let year = from.getUTCFullYear(); year <= lastYear; year += 1) {
    if (!years.has(year)) continue;
    for (let month = 1; month <= 12; month += 1) {
      if (!months.has(month) || Date.UTC(year, month, 1) <= fromMs) continue;
      for (let day = 1; day <= daysIn(year, month); day += 1) {
        const dayMs = Date.UTC(year, month - 1, day);
        if (dayMs + 86_400_000 <= fromMs || !isDay(year, month, day)) continue;
        for (const hour of hours) {
          for (const minute of minutes) {
            const dueMs = dayMs + hour * 3_600_000 + minute * 60_000;
            if (dueMs > fromMs) return dueMs;
          }
        }
      }
    }
  }
  return undefined;
}
