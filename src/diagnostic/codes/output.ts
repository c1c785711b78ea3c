import type { CodeBook } from "./types.js";

/** What stands in the way of writing. */
export const outputCodes: CodeBook = {
  "output-edited": {
    what: "A generated file was edited by hand.",
    why: "Writing it again would lose the edit.",
    mend: "Take the edit back, or put it into the model. With --force the file is kept beside the new one.",
    example: "git checkout -- failover.yml",
  },
  "output-edited-orphan": {
    what: "A file is generated no longer, but was edited by hand.",
    why: "Removing it would lose the edit.",
    mend: "Remove or rename it yourself. With --force it is kept under another name.",
    example: "xcatha generate --force",
  },
  "output-foreign": {
    what: "A file stands where one is to be written, and xcatha did not write it.",
    why: "The manifest .xcatha.json does not list it, so it may be the work of somebody else.",
    mend: "Rename it, or write into another folder. With --force it is kept beside the new one.",
    example: "xcatha generate --out hamn",
  },
  "output-manifest-broken": {
    what: "The manifest .xcatha.json is not as xcatha writes it.",
    why: "Without it nobody knows which files xcatha wrote. A merge conflict in git looks like this.",
    mend: "Bring it back from git, then generate again.",
    example: "git checkout -- .xcatha.json",
  },
  "output-another-pair": {
    what: "The folder holds the output of another pair.",
    why: "Its playbooks would be replaced by those of this model.",
    mend: "Write into a folder of its own.",
    example: "xcatha generate --out hamn",
  },
  "output-newer": {
    what: "The folder was written by a newer xcatha.",
    why: "What that one has mended would come back.",
    mend: "Install that version, or a newer one.",
    example: "xcatha --version",
  },
  "output-link": {
    what: "A symbolic link stands where a file or a folder must be.",
    why: "It may lead out of the folder.",
    mend: "Put a real file or directory in its place.",
    example: "xcatha generate --out hamn",
  },
  "output-not-a-file": {
    what: "Something that is not a file, or not a directory, stands where one must be.",
    why: "It cannot be replaced without losing what it holds.",
    mend: "Move it away.",
    example: "xcatha generate --out hamn",
  },
  "output-not-folder": {
    what: "The output folder, or one above it, is not a directory.",
    why: "Nothing can be written below it.",
    mend: "Name another folder.",
    example: "xcatha generate --out hamn",
  },
  "output-model": {
    what: "The model's file is also one of those that are generated.",
    why: "Writing it would overwrite the model.",
    mend: "Rename the model.",
    example: "mv inventory.yml xcatha.yml",
  },
  "output-shared": {
    what: "Two models of one run would be generated into the same folder.",
    why: "The folder would hold a mixture of two pairs.",
    mend: "Put each model into a folder of its own, or give each pair its own name and use --out.",
    example: "xcatha generate sites --out output",
  },
  "file-exists": {
    what: "`xcatha init` was to write a file that is there already.",
    why: "It may hold work of yours.",
    mend: "Go on with that file, or name another one.",
    example: "xcatha init hamn/xcatha.yml",
  },
  "answer-missing": {
    what: "`xcatha init` knows no answer to a question, and has no terminal to ask on.",
    why: "Nothing that this machine shows says it.",
    mend: "Give the answer as an option.",
    example: "xcatha init --host1 mn1=10.5.106.70 --host2 mn2=10.5.106.5 --vip 10.5.106.50",
  },
  "output-busy": {
    what: "Another run of xcatha writes into the folder.",
    why: "Two at once would leave a mixture.",
    mend: "Wait until it has ended, then run the command again.",
    example: "xcatha generate",
  },
  "output-unreadable": {
    what: "The output folder cannot be read.",
    why: "What is there must be known before anything is replaced.",
    mend: "Change its owner or mode, or name another folder.",
    example: "xcatha generate --out hamn",
  },
  "output-unread": {
    what: "A file of variables has the name of no host and no group. This is a warning.",
    why: "After a pair or a host was renamed, Ansible no longer reads it.",
    mend: "Move it to the new name.",
    example: "git mv group_vars/OLD/vault.yml group_vars/hamn/vault.yml",
  },
  "output-shadowed": {
    what: "A file of variables has the name of a folder that is generated. This is a warning.",
    why: "Ansible reads the folder in its place: what the file says is lost without a word.",
    mend: "Move it into the folder.",
    example: "git mv host_vars/host1.yml host_vars/host1/site.yml",
  },
  "vault-clear": {
    what: "The vault is not encrypted. This is a warning.",
    why: "Whoever reads the repository reads the password.",
    mend: "Encrypt it, and change the password if it was committed.",
    example: "ansible-vault encrypt vault.yml",
  },
  "write-failed": {
    what: "A file could not be written.",
    why: "The disk is full, or the folder is not yours; the message gives the system's reason.",
    mend: "Make room or change the owner, then run the command again: it repairs the folder.",
    example: "xcatha generate",
  },
};
