import { type AddCommand, examples } from "../command.js";

/** `xcatha schema`: the model's contract, for editors and other programs. */
export const addSchema: AddCommand = (program, { io }) => {
  program
    .command("schema")
    .summary("print the JSON Schema of the model")
    .description(
      "Print the JSON Schema (draft-07) of the model, for editors to check and complete it.",
    )
    .option("--report", "print the schema of what other commands print with --json")
    .addHelpText(
      "after",
      examples([
        ["xcatha schema > xcatha.schema.json", "then open xcatha.yml with this first line:"],
        ["", "# yaml-language-server: $schema=xcatha.schema.json"],
        ["xcatha schema --report", "what to expect of `xcatha validate --json`"],
      ]),
    )
    .action(async ({ report }: { readonly report?: true }) => {
      const { schemaText } = await import("../../model/schema/index.js");
      const { reportSchema } = await import("../report-schema.js");
      io.data(report ? `${JSON.stringify(reportSchema, null, 2)}\n` : schemaText());
    });
};
