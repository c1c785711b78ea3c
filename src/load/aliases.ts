import { type Alias, type Document, type Node, visit } from "yaml";
import { visible } from "../diagnostic/show.js";

/** An alias that cannot be expanded, and why. */
export interface AliasFault {
  readonly node: Node;
  readonly message: string;
  readonly fix: string;
}

/** How often aliases may repeat what they name, nested repetition counted. */
export const maxAliasCount = 100;

const tooMany = (node: Node): AliasFault => ({
  node,
  message: `YAML aliases expand to more than ${maxAliasCount} repetitions.`,
  fix: "write the values out in place of aliases.",
});

/** The first alias that names nothing, or itself, or is one of too many; undefined if all can be expanded. */
export function findAliasFault(document: Document): AliasFault | undefined {
  const found: { readonly alias: Alias; readonly inside: readonly unknown[] }[] = [];
  visit(document, {
    Alias: (_key, alias, path) => {
      found.push({ alias, inside: path });
      return found.length > maxAliasCount ? visit.BREAK : undefined;
    },
  });
  const last = found.at(-1);
  if (last === undefined) return undefined;
  if (found.length > maxAliasCount) return tooMany(last.alias);
  for (const { alias, inside } of found) {
    const target = alias.resolve(document);
    if (target === undefined)
      return {
        node: alias,
        message: `The alias *${visible(alias.source)} names an anchor that is not set before it.`,
        fix: `set &${visible(alias.source)} earlier, or put the value in quotes if no alias is meant.`,
      };
    if (inside.includes(target))
      return {
        node: alias,
        message: `The alias *${visible(alias.source)} stands inside what it names.`,
        fix: "write the value out in place of the alias.",
      };
  }
  try {
    document.toJS({ maxAliasCount });
    return undefined;
  } catch (error) {
    if (error instanceof ReferenceError) return tooMany(last.alias);
    throw error;
  }
}
