/** Many filters compiled into one tree of tokens. */
export interface FilterIndex {
  /** Positions of the filters that match, ascending. Work grows with the matches, not with the filters. */
  readonly match: (subject: string) => readonly number[];
}

interface Node {
  readonly literals: Map<string, Node>;
  any: Node | undefined;
  /** Filters that end here, and those whose `>` stands here. */
  readonly ends: number[];
  readonly tails: number[];
}

/** All filters must be ones that a server takes; a subject that none would route matches nothing. */
export function compileFilters(filters: readonly string[]): FilterIndex {
  const root = emptyNode();
  for (const [position, filter] of filters.entries()) insert(root, filter.split('.'), position);
  return {
    match(subject) {
      const tokens = subject.split('.');
      if (tokens.includes('')) return [];
      const found: number[] = [];
      collect(root, tokens, 0, found);
      return found.sort((a, b) => a - b);
    },
  };
}

function emptyNode(): Node {
  return { literals: new Map(), any: undefined, ends: [], tails: [] };
}

function insert(root: Node, tokens: readonly string[], position: number): void {
  let node = root;
  for (const token of tokens) {
    if (token === '>') {
      node.tails.push(position);
      return;
    }
    node = token === '*' ? (node.any ??= emptyNode()) : childOf(node, token);
  }
  node.ends.push(position);
}

function childOf(node: Node, token: string): Node {
  const known = node.literals.get(token);
  if (known !== undefined) return known;
  const made = emptyNode();
  node.literals.set(token, made);
  return made;
}

function collect(node: Node, tokens: readonly string[], depth: number, found: number[]): void {
  const token = tokens[depth];
  if (token === undefined) {
    found.push(...node.ends);
    return;
  }
  found.push(...node.tails);
  const literal = node.literals.get(token);
  if (literal !== undefined) collect(literal, tokens, depth + 1, found);
  if (node.any !== undefined) collect(node.any, tokens, depth + 1, found);
}
