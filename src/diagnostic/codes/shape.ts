import type { CodeBook } from "./types.js";

/** What the schema refuses, and text that no value may hold. */
export const shapeCodes: CodeBook = {
  "key-missing": {
    what: "A key is missing that has no default.",
    why: "Nothing can be guessed for it.",
    mend: "Add it. The smallest model has `platform`, `hosts`, `virtual` and `shared`.",
    example: "shared: {path: /HA-data}",
  },
  "key-unknown": {
    what: "A key is none that a model has at this place.",
    why: "A misspelt key would be ignored, and its default used without a word.",
    mend: "Correct it; `xcatha schema` lists all keys. Notes of your own go into comments.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
  "type-wrong": {
    what: "A value is of another kind than its key takes, such as a word in place of a number.",
    why: "YAML reads `yes` as a word and 24 as a number; quotes make each a word.",
    mend: "Write the kind of value that the message names.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
  "value-unknown": {
    what: "A value is none of those that its key takes.",
    why: "The key has a closed list, which the message gives.",
    mend: "Choose one of the list.",
    example: "platform: el9",
  },
  "value-illegal": {
    what: "A value does not have the form that its key takes.",
    why: "The schema allows only what every file that is generated can hold.",
    mend: "Write it in the form that the message describes.",
    example: 'backup: {path: /var/backups/xcat, time: "02:30"}',
  },
  "number-out-of-range": {
    what: "A number is below or above what its key takes.",
    why: "A wait that is too short fails on a busy host, one that is too long never ends.",
    mend: "Choose a number of the range that the message gives.",
    example: "timeouts: {xcatd: 180}",
  },
  "count-wrong": {
    what: "A list has too few or too many entries.",
    why: "A pair is two hosts: there is no third one that votes.",
    mend: "List two hosts; give each pair a model of its own.",
    example: "hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]",
  },
  "jinja-in-value": {
    what: "A value holds `{{`, `{%` or `{#`.",
    why: "Ansible would evaluate it. The playbooks are written out in full, and nothing of the model is evaluated later.",
    mend: "Write the value itself.",
    example: "shared: {path: /HA-data}",
  },
  "newline-in-value": {
    what: "A value holds a line break.",
    why: "It would end the line of a script, a unit or a file that it is written into.",
    mend: "Write it on one line.",
    example: "shared: {path: /HA-data}",
  },
  "control-character-in-value": {
    what: "A value holds a character that cannot be seen.",
    why: "A reviewer would not see what is written into the files, and YAML's readers refuse some of them.",
    mend: "Remove the character; the message shows it as \\uXXXX.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
};
