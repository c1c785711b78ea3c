import Handlebars from "handlebars";

/** Controls that Handlebars brings along; everything else must be a helper of ours. */
const controls: ReadonlySet<string> = new Set(["if", "unless", "each"]);

export interface Vocabulary {
  readonly helpers: ReadonlySet<string>;
  readonly partials: ReadonlySet<string>;
}

export interface TemplateReport {
  /** One sentence for each fault, with its line. */
  readonly problems: readonly string[];
  /** Partials that the template calls. */
  readonly calls: ReadonlySet<string>;
}

type AnyNode =
  | hbs.AST.MustacheStatement
  | hbs.AST.BlockStatement
  | hbs.AST.PartialStatement
  | hbs.AST.PartialBlockStatement
  | hbs.AST.ContentStatement
  | hbs.AST.CommentStatement
  | hbs.AST.SubExpression
  | hbs.AST.PathExpression;

const jinjaHint = "Jinja is written \\{{ … }}";

/** Where Jinja's expressions in literal text begin and end; null: they are in order. */
const jinjaFault = (text: string): string | null => {
  for (let at = 0; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair === "}}") return "closes a Jinja expression that nothing opened";
    if (pair === "{#") return "opens a Jinja comment, which swallows what follows";
    if (pair !== "{{") continue;
    const end = endOfExpression(text, at + 2);
    if (end === null) return "opens a Jinja expression that nothing closes";
    at = end - 1;
  }
  return null;
};

const endOfExpression = (text: string, start: number): number | null => {
  let depth = 0;
  let quote: string | null = null;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== null) {
      if (char === "\\") at += 1;
      else if (char === quote) quote = null;
    } else if (char === "'" || char === '"') {
      quote = char;
    } else if (char === "{") {
      depth += 1;
    } else if (char === "}" && depth > 0) {
      depth -= 1;
    } else if (char === "}" && text.charAt(at + 1) === "}") {
      return at + 2;
    }
  }
  return null;
};

const lineFaults = (source: string): readonly string[] => {
  const faults: string[] = [];
  if (source.includes("\r")) faults.push("has a carriage return");
  if (source.includes("\t")) faults.push("has a tab");
  if (!source.endsWith("\n")) faults.push("does not end with a newline");
  if (source.includes("{{{{")) faults.push("has a raw block");
  if (source.includes("\\\\{{")) faults.push("has a backslash before a helper: \\\\{{");
  source.split("\n").forEach((line, index) => {
    if (/[ ]$/.test(line)) faults.push(`line ${index + 1}: ends with a blank`);
  });
  return faults;
};

/** What a template does that it must not, by its syntax tree. */
export const inspectTemplate = (source: string, vocabulary: Vocabulary): TemplateReport => {
  const problems = [...lineFaults(source)];
  const calls = new Set<string>();

  let tree: hbs.AST.Program;
  try {
    // Without `parse`'s control of whitespace: literal text stays as it was written.
    tree = Handlebars.parseWithoutProcessing(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { problems: [...problems, `does not parse (${jinjaHint}): ${reason}`], calls };
  }

  const report = (node: hbs.AST.Node, problem: string): void => {
    problems.push(`line ${node.loc.start.line}: ${problem}`);
  };

  const visitHash = (hash: hbs.AST.Hash | undefined): void => {
    for (const pair of hash?.pairs ?? []) visitParameter(pair.value);
  };

  const visitParameter = (node: hbs.AST.Expression): void => {
    if (node.type !== "SubExpression") return;
    const call = node as hbs.AST.SubExpression;
    if (!vocabulary.helpers.has(call.path.original)) {
      report(call, `(${call.path.original}) is not a helper`);
    }
    call.params.forEach(visitParameter);
    visitHash(call.hash);
  };

  const visitMustache = (node: hbs.AST.MustacheStatement): void => {
    const shown = "original" in node.path ? String(node.path.original) : node.path.type;
    if (!node.escaped) report(node, `${shown} stands in {{{ }}} or {{& }}`);
    if (node.path.type !== "PathExpression" || !vocabulary.helpers.has(shown)) {
      report(node, `{{${shown}}} is no helper: values pass through a helper, and ${jinjaHint}`);
    } else if (node.params.length === 0) {
      report(node, `{{${shown}}} has no value`);
    }
    node.params.forEach(visitParameter);
    visitHash(node.hash);
  };

  const visitBlock = (node: hbs.AST.BlockStatement): void => {
    const name = node.path.original;
    if (!controls.has(name)) report(node, `{{#${name}}} is not if, unless or each`);
    if (node.params.length !== 1) report(node, `{{#${name}}} takes one value`);
    node.params.forEach(visitParameter);
    visitHash(node.hash);
    visitProgram(node.program);
    visitProgram(node.inverse);
  };

  const visitPartial = (node: hbs.AST.PartialStatement): void => {
    if (node.name.type !== "PathExpression") {
      report(node, "a partial is called by a computed name");
      return;
    }
    const name = (node.name as hbs.AST.PathExpression).original;
    calls.add(name);
    if (!vocabulary.partials.has(name)) report(node, `partial ${name} does not exist`);
    node.params.forEach(visitParameter);
    visitHash(node.hash);
  };

  const visitComment = (node: hbs.AST.CommentStatement): void => {
    const lines = source.split("\n");
    const before = (lines[node.loc.start.line - 1] ?? "").slice(0, node.loc.start.column);
    const after = (lines[node.loc.end.line - 1] ?? "").slice(node.loc.end.column);
    if (before.trim() !== "" || after.trim() !== "") {
      report(node, "a template comment shares its line with output, so part of it may leak");
    }
  };

  /** `text` collects what is literal; what helpers write is not Jinja's to read. */
  const visitProgram = (program: hbs.AST.Program | undefined): void => {
    if (program === undefined || program === null) return;
    let text = "";
    for (const statement of program.body as AnyNode[]) {
      switch (statement.type) {
        case "ContentStatement":
          text += statement.value;
          break;
        case "MustacheStatement":
          visitMustache(statement);
          break;
        case "BlockStatement":
          visitBlock(statement);
          break;
        case "PartialStatement":
          visitPartial(statement);
          break;
        case "CommentStatement":
          visitComment(statement);
          break;
        default:
          report(statement, `${statement.type} is not used in templates`);
      }
    }
    const fault = jinjaFault(text);
    if (fault !== null) report(program, `the text that begins here ${fault}`);
  };

  visitProgram(tree);
  return { problems, calls };
};
