import type { AddCommand } from "../command.js";
import { ownVersion } from "../version.js";

/** `xcatha manual`: the manual page, which the package brings; the build asks for it. */
export const addManual: AddCommand = (program, { io }) => {
  program
    .command("manual")
    .summary("print the manual page")
    .description("Print the manual page, e.g. for `xcatha manual | man -l -`.")
    .action(async () => {
      const { specsOf } = await import("../command-spec.js");
      const { manualPage } = await import("../manual.js");
      io.data(manualPage(specsOf(program), ownVersion()));
    });
};
