import type { CommandSpec, OptionSpec, ProgramSpec } from "./command-spec.js";

/** Text for roff: nothing in it is a request or an escape. */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gm, "\\&");

const optionText = ({ names, value, description }: OptionSpec): string =>
  `.TP\n\\fB${names.map(roff).join("\\fR, \\fB")}\\fR${value === undefined ? "" : ` \\fI${roff(value)}\\fR`}\n${roff(description)}\n`;

/** What stands below the options of a help text, as it is. */
function afterword(help: string): string {
  const [, rest = ""] = /^Options:\n(?: .*\n)*([\s\S]*)/m.exec(help) ?? [];
  return rest.trim() === "" ? "" : `.PP\n.nf\n${roff(rest.trim())}\n.fi\n`;
}

function commandText(command: CommandSpec): string {
  const [usage = ""] = command.help.split("\n");
  const [, description = ""] = /^Usage:.*\n\n((?:.+\n)*)/.exec(command.help) ?? [];
  return `.SS ${roff(usage.replace("Usage: ", ""))}
${roff(description)}${command.options.map(optionText).join("")}${afterword(command.help)}`;
}

/** The manual page of the command, made of its help texts. */
export function manualPage({ program, commands }: ProgramSpec, version: string): string {
  return `.TH XCATHA 1 "" "xcatha ${roff(version)}" "User Commands"
.SH NAME
xcatha \\- compile a model of two xCAT management nodes into Ansible playbooks
.SH SYNOPSIS
.B xcatha
.I command
[\\fIoptions\\fR] [\\fIarguments\\fR]
.SH DESCRIPTION
${roff(program.summary)}
.SH OPTIONS
${program.options.map(optionText).join("")}.SH COMMANDS
${commands.map(commandText).join("")}.SH ENVIRONMENT
.TP
.B NO_COLOR
If it is not empty, nothing is coloured.
.TP
.B FORCE_COLOR
If it is not empty, words are coloured though stderr is no terminal; 0 means never.
.TP
.B XCATHA_DEBUG
If it is not empty, an internal error shows where it happened.
.SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
the model or the output is wrong
.TP
.B 2
wrong usage
.TP
.B 3
an internal error of xcatha
`;
}
