import type { CodeBook, CodeWords } from "./types.js";

const smallest = `platform: el9
hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]
virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}
shared: {path: /HA-data}`;

/** The model's file, and its text as YAML. */
export const yamlCodes: CodeBook = {
  "model-missing": {
    what: "There is no file of this name.",
    why: "Without an argument the model is xcatha.yml in this folder.",
    mend: "Name the model's file, or write one.",
    example: smallest,
  },
  "model-unreadable": {
    what: "The model's file cannot be read.",
    why: "The system refuses it; the message gives its reason.",
    mend: "Change its owner or mode, or name another file.",
    example: "chmod u+r xcatha.yml",
  },
  "model-directory": {
    what: "The model's name is that of a directory.",
    why: "A model is one file.",
    mend: "Name the file inside it.",
    example: "xcatha validate hamn/xcatha.yml",
  },
  "folder-without-model": {
    what: "A folder was named, and neither it nor a folder below it holds a model.",
    why: "Its other YAML files may be playbooks, so only xcatha.yml and NAME.xcatha.yml count.",
    mend: "Name the model's file, or give it such a name.",
    example: "xcatha generate sites --check",
  },
  "folder-unreadable": {
    what: "A folder that was named, or one below it, cannot be read.",
    why: "A model in it would be left out without a word.",
    mend: "Change its owner or mode, or name the models one by one.",
    example: "xcatha generate sites/*/xcatha.yml --check",
  },
  "model-not-file": {
    what: "The model's name is that of a device, a socket or the like.",
    why: "Reading one may never end.",
    mend: "Name a regular file.",
    example: "xcatha validate xcatha.yml",
  },
  "model-too-large": {
    what: "The file is larger than 256 KiB.",
    why: "A pair needs some ten lines, so it is mostly another file.",
    mend: "Name a model; give each pair its own.",
    example: smallest,
  },
  "model-binary": {
    what: "The file holds a zero byte, so it is no text.",
    why: "UTF-16, as some editors write it, looks like this too.",
    mend: "Save it as UTF-8.",
    example: "iconv -f UTF-16 -t UTF-8 xcatha.yml > new.yml",
  },
  "model-not-utf8": {
    what: "The file is not UTF-8.",
    why: "Nobody could tell which letters its bytes mean.",
    mend: "Save it as UTF-8.",
    example: "iconv -f ISO-8859-1 -t UTF-8 xcatha.yml > new.yml",
  },
  "model-empty": {
    what: "The model is empty, or holds only comments.",
    why: "Four keys have no default.",
    mend: "Begin with the smallest model.",
    example: smallest,
  },
  "model-not-mapping": {
    what: "The model is not a mapping of keys to values.",
    why: "It is a list, or plain text.",
    mend: "Begin with the smallest model.",
    example: smallest,
  },
  "yaml-nested-deeply": {
    what: "The file is nested more deeply than any model.",
    why: "A model is nested four levels deep at most.",
    mend: "Name a model.",
    example: smallest,
  },
  "yaml-version": {
    what: "A `%YAML` line asks for an older version of YAML.",
    why: "YAML 1.1 reads some values differently, such as `yes`, `022` and `12:30`.",
    mend: "Remove the line.",
    example: smallest,
  },
  "yaml-alias": {
    what: "An alias (`*name`) cannot be followed: its anchor is missing, holds itself, or is used too often.",
    why: "A few lines of aliases can stand for millions of values.",
    mend: "Write the value itself.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, user: admin}, {name: host2, address: 10.5.106.5, user: admin}]",
  },
  "yaml-merge-key": {
    what: "The key `<<` merges mappings in YAML 1.1, and is just a key in 1.2.",
    why: "A model is YAML 1.2, as editors and other programs read it.",
    mend: "Write the keys themselves.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, user: admin}, {name: host2, address: 10.5.106.5, user: admin}]",
  },
  "yaml-complex-key": {
    what: "A list or a mapping stands where a key must be.",
    why: "Keys of a model are words.",
    mend: "Write a word before the colon; text that holds a brace goes into quotes.",
    example: "shared: {path: /HA-data}",
  },
  "yaml-duplicate-key": {
    what: "A key is written twice in the same mapping.",
    why: "Which of the two counts depends on who reads it.",
    mend: "Keep one of the two.",
    example: "shared: {path: /HA-data}",
  },
  "yaml-tab-as-indent": {
    what: "A tab indents a line.",
    why: "YAML wants spaces there.",
    mend: "Replace the tab by spaces.",
    example: "shared:\n  path: /HA-data",
  },
  "yaml-multiple-docs": {
    what: "The file holds more than one YAML document.",
    why: "A model is one pair.",
    mend: "Remove the `---` between them, and give each pair its own file.",
    example: smallest,
  },
  "yaml-tag-resolve-failed": {
    what: "A word begins with `!`, which makes it a YAML tag.",
    why: "Tags have no meaning in a model.",
    mend: "Remove it, or put the text into quotes.",
    example: "shared: {path: /HA-data}",
  },
};

/** Every other code of the YAML parser. */
export const yamlSyntax: CodeWords = {
  what: "The text is not YAML at this place.",
  why: "The parser gives up there; the cause is often just before, such as a missing quote or brace.",
  mend: "Correct the syntax. Text that holds any of : # { } [ ] , & * ! goes into double quotes.",
  example: smallest,
};
