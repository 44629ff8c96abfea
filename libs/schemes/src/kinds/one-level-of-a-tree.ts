import type { Text } from '#libs/problems';
import {
  closed,
  ID,
  list,
  type SchemeAnswer,
  type SchemeDocument,
  schemeKind,
  TEXT,
} from '../scheme.js';

/** Only one node on the way from the top of a tree to a leaf may carry an amount (R23). */
interface TreeDocument extends SchemeDocument {
  /** What is carried, for example ECTS credits. */
  readonly amount: Text;
}

interface TreeGiven {
  /** Nodes of the tree; a node without `parent` stands at the top. */
  readonly nodes: readonly {
    readonly id: string;
    readonly parent?: string;
    readonly carries?: boolean;
  }[];
}

export const oneLevelOfATree = schemeKind<TreeDocument, TreeGiven>({
  kind: 'one-level-of-a-tree',
  members: { amount: TEXT },
  required: ['amount'],
  given: closed({
    nodes: list(closed({ id: ID, 'parent?': ID, 'carries?': { type: 'boolean' } })),
  }),
  answers: ['verdict', 'above', 'below'],
  check: ({ examples }, check) =>
    examples.forEach(({ given }, index) => {
      const { nodes } = given as TreeGiven;
      const ids = nodes.map(({ id }) => id);
      const path = `/examples/${index}/given/nodes`;
      check.unique(path, ids);
      nodes.forEach(({ parent }, at) => {
        if (parent !== undefined) check.known(`${path}/${at}/parent`, parent, ids);
      });
    }),
  decide: (_, { nodes }) => decideTree(nodes),
  explain: ({ amount }) => [
    {
      en: `A node that carries ${amount.en} may not stand below another that does: the amount would count twice.`,
      zh: `带有${amount.zh}的节点不得位于另一带有${amount.zh}的节点之下，否则会重复计算。`,
    },
  ],
});

function decideTree(nodes: TreeGiven['nodes']): SchemeAnswer {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const seen = new Set([node.id]);
    for (let above = byId.get(node.parent ?? ''); above; above = byId.get(above.parent ?? '')) {
      // A node that is its own ancestor is no tree, whatever it carries.
      if (seen.has(above.id)) return { verdict: 'invalid', above: above.id, below: node.id };
      seen.add(above.id);
      if (node.carries && above.carries) {
        return { verdict: 'invalid', above: above.id, below: node.id };
      }
    }
  }
  return { verdict: 'valid', above: 'none', below: 'none' };
}
