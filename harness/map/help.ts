interface Help {
  readonly about: string;
  readonly usage: string;
  readonly text: string;
  readonly example: string;
}

const mappingOptions = `options:
  --profile design|mended|exact   the mapping (exact where absent)
  --mapping FILE                  a module of your own with encode, decode and rule
  --seconds S                     time limit for each of its answers (30)
  --json                          JSON, one value a line`;

const help: Readonly<Record<string, Help>> = {
  encode: {
    about: 'a subject as the event it is sent as',
    usage: 'parallax map encode [SUBJECT…]',
    text: `Without a subject: one a line by pipe.\n\n${mappingOptions}`,
    example: 'parallax map encode agent.nlp-001.cmd.status',
  },
  decode: {
    about: 'the subject of an event',
    usage: 'parallax map decode [ENTRY…]',
    text: `Takes what encode writes, or an event as EventBridge delivers it; one a line by pipe.\n\n${mappingOptions}`,
    example: 'parallax map encode a.b | parallax map decode',
  },
  rule: {
    about: 'the event pattern of a filter',
    usage: 'parallax map rule [PATTERN…]',
    text: `With --json also its size, and the SNS filter policy with the shortest subject it lets through beside the\nfilter.\n\n${mappingOptions}`,
    example: "parallax map rule 'work.nlp.>'",
  },
  match: {
    about: 'whether a filter asks for a subject, by NATS and by the mapping',
    usage: 'parallax map match PATTERN [SUBJECT…]',
    text: `Without a subject: one a line by pipe. Exits 1 where the mapping does not do what NATS does.\n\n${mappingOptions}`,
    example: "parallax map match 'agent.*.cmd.>' agent.nlp-001.cmd.status --profile design",
  },
  verify: {
    about: 'the laws of a mapping, each kept or with its shortest counterexample',
    usage: 'parallax map verify [MAPPING.ts]',
    text: `The module exports encode, decode and rule; it runs in a thread of its own under a time limit.

options:
  --profile design|mended|exact   verifies ours (exact where absent)
  --runs N                        random cases a law (1000)
  --seed N                        of the random cases (1)
  --seconds S                     time limit (30)
  --json`,
    example: 'parallax map verify my-mapping.ts',
  },
  plan: {
    about: 'what a system of subscriptions and subjects needs on AWS',
    usage: 'parallax map plan FILE',
    text: `A line is 'subscribe FILTER [queue=GROUP]' or 'publish SUBJECT [rate=MESSAGES_A_SECOND]'; '#' begins a comment.
Or JSON: {"subscriptions": [{"filter", "queue"?}], "subjects": [{"subject", "rate"?}]}.

options:
  --html FILE   a diagram
  --json`,
    example: 'parallax map plan system.txt --html plan.html',
  },
  diff: {
    about: 'what two mappings treat differently, or how two filters or rules lie to each other',
    usage: 'parallax map diff A B',
    text: `A and B are mappings (design, mended, exact, or a module's file): what they treat differently, shortest subject first.
Or filters, or rules of the exact mapping as JSON: equal, contained, overlapping or apart, proven over all subjects,
with the shortest subject of each part. Exits 1 where they differ.

options:
  --seconds S   time limit for a module's answers together (30)
  --json`,
    example: "parallax map diff 'work.*.high' 'work.>'",
  },
};

/** All `map` commands, a line each. */
export function overview(): string {
  const width = Math.max(...Object.keys(help).map((name) => name.length));
  const lines = Object.entries(help).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return `usage: parallax map COMMAND [--help]\n\n${lines.join('\n')}\n\nexample: ${help['match']?.example}\n`;
}

/** Usage, options and an example of one command. */
export function helpOf(name: string): string {
  const found = help[name];
  if (found === undefined) return overview();
  return `usage: ${found.usage}\n\n${found.about}. ${found.text}\n\nexample: ${found.example}\n`;
}
