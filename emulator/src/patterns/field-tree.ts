/** The names of a path's steps as a tree, and what is known of the fields they lead to. */
export interface FieldNode<Field> {
  readonly name: string;
  /** Code of the name's first letter. */
  readonly first: number;
  readonly children: FieldNode<Field>[];
  /** The children by name, once there are too many to compare with each. */
  byName: Map<string, FieldNode<Field>> | undefined;
  field: Field | undefined;
}

/** Most children that are looked through one by one. */
const childrenSearchedMax = 8;

export function createFieldNode<Field>(name = ''): FieldNode<Field> {
  return { name, first: name.charCodeAt(0), children: [], byName: undefined, field: undefined };
}

/** Follows a path; a dot inside a name counts as one between two, on both sides of a match. */
export function findNode<Field>(root: FieldNode<Field>, path: string): FieldNode<Field> | undefined {
  let node: FieldNode<Field> | undefined = root;
  for (const name of path.split('.')) node = node && findChild(node, name);
  return node;
}

export function findChild<Field>(node: FieldNode<Field>, name: string): FieldNode<Field> | undefined {
  return node.byName === undefined ? node.children.find((child) => child.name === name) : node.byName.get(name);
}

/** Follows a path, making what is missing of it. */
export function growNode<Field>(root: FieldNode<Field>, path: string): FieldNode<Field> {
  let node = root;
  for (const name of path.split('.')) {
    let child = findChild(node, name);
    if (child === undefined) {
      child = createFieldNode<Field>(name);
      node.children.push(child);
      index(node);
    }
    node = child;
  }
  return node;
}

/** Forgets a path and those steps to it that lead nowhere else. */
export function pruneNode<Field>(root: FieldNode<Field>, path: string): void {
  const nodes = [root];
  for (const name of path.split('.')) {
    const child = findChild(nodes.at(-1) ?? root, name);
    if (child === undefined) return;
    nodes.push(child);
  }
  const last = nodes.at(-1);
  if (last !== undefined) last.field = undefined;
  for (let depth = nodes.length - 1; depth > 0; depth -= 1) {
    const node = nodes[depth];
    const parent = nodes[depth - 1];
    if (node === undefined || parent === undefined || node.field !== undefined || node.children.length > 0) return;
    parent.children.splice(parent.children.indexOf(node), 1);
    index(parent);
  }
}

function index<Field>(node: FieldNode<Field>): void {
  node.byName =
    node.children.length > childrenSearchedMax ? new Map(node.children.map((child) => [child.name, child])) : undefined;
}
