/** A mutant, what killed it, and after how many runs. */
export interface Kill {
  readonly name: string;
  readonly fault: string;
  /** Of a mutant of the code: the file that was edited. */
  readonly file?: string;
  readonly scenario: string;
  /** Where the act is not played in `exact`. */
  readonly profile?: string;
  /** Checkers that said false: the one named for the mutant, then others of the act. */
  readonly by: readonly string[];
  /** Runs played, the friendly one included. */
  readonly runs: number;
}

/** docs/kill-matrix.md: which checker notices which fault. */
export function killMatrixPage({
  memory,
  exact,
  emulator,
}: {
  readonly memory: readonly Kill[];
  readonly exact: readonly Kill[];
  readonly emulator: readonly Kill[];
}): string {
  const checkers = new Set([...memory, ...exact, ...emulator].map(({ by }) => by[0]));
  return `# Kill matrix

Written by \`npm run mutants -- --write\`; every number is of that run. A mutant is a system with one fault. It is killed
when the checker named for it says false of the act named for it, in its small parameters, in the friendly run or in one
of the seeded schedules after it, and says true of the system without the fault. *Runs* counts the friendly one; 1 means
that no adverse schedule was needed. A mutant of code is looked for in the friendly run and up to twenty schedules, one in
memory in up to five runs. \`npm run clean-runs\` is the other side: a thousand adverse runs of \`exact\` as it is, in
which no checker may say false.

Killed: ${memory.length} mutants of the back end in memory, ${exact.length} of the \`exact\` translator and ${emulator.length} of the emulator, by ${checkers.size} checkers.

## The \`exact\` translator

Each is one edit of one place in \`translator/src\`, made as Node loads the file; the act then runs on the embedded
emulator.

| mutant | what it does wrong | file | act | killed by | also false | runs |
| --- | --- | --- | --- | --- | --- | ---: |
${exact.map(exactLine).join('\n')}

## The emulator

Each breaks one promise of AWS by one edit of one place in \`emulator/src\`. Four promises no act was
seen to show broken; the emulator's own tests and the tests recorded against AWS hold them:

- the order of a DynamoDB stream: no profile reads one (\`exact\` tells watchers by a log of its own);
- that a filter policy keeps out what it does not ask for: \`exact\` matches each subject again at the receiver, since a
  policy has five keys and a filter may have more tokens. That it lets in what it asks for is used, and a mutant is below;
- the de-duplication ids of a queue: \`exact\` knows a message again by publisher and number, and a queue group claims it;
- that a received message is hidden for the whole of its visibility timeout: acts take and delete at once, and \`mended\`
  notes who handles a message. That it is shown again after it is used, and a mutant is below.

The last three are not proven unused: edits of them were looked for in a part of the acts, mostly of \`exact\`, without a sign, and the search for the de-duplication edit was cut short.

| mutant | what AWS then does wrong | file | act | killed by | also false | runs |
| --- | --- | --- | --- | --- | --- | ---: |
${emulator.map(exactLine).join('\n')}

## The back end in memory

| mutant | what it does wrong | act | killed by | runs |
| --- | --- | --- | --- | ---: |
${memory.map(memoryLine).join('\n')}
`;
}

function exactLine({ name, fault, file = '', scenario, profile = 'exact', by, runs }: Kill): string {
  const [first = '', ...others] = by;
  return cells([
    `\`${name}\``,
    fault,
    `\`${file}\``,
    profile === 'exact' ? `\`${scenario}\`` : `\`${scenario}\` in \`${profile}\``,
    `\`${first}\``,
    codes(others),
    String(runs),
  ]);
}

function memoryLine({ name, fault, scenario, by, runs }: Kill): string {
  return cells([`\`${name}\``, fault, `\`${scenario}\``, codes(by), String(runs)]);
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}
