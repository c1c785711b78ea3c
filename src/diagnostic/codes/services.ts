import type { CodeBook } from "./types.js";

/** Services, fencing, the platform and xCAT's source. */
export const serviceCodes: CodeBook = {
  "unit-illegal": {
    what: "A value is not the name of a systemd service.",
    why: "The playbooks start and stop it by this name.",
    mend: "Write the name as `systemctl` shows it, without `.service`.",
    example: "services: [{unit: slurmctld, place: after-xcat}]",
  },
  "unit-twice": {
    what: "A service is listed twice.",
    why: "It would be started at two places.",
    mend: "List it once.",
    example: "services: [{unit: slurmctld, place: after-xcat}]",
  },
  "unit-own": {
    what: "A service in `services` is one that xcatha manages already.",
    why: "The playbooks start, stop or watch it in an order of their own.",
    mend: "Remove it from `services`.",
    example: "services: [{unit: slurmctld, place: after-xcat}]",
  },
  "unit-vital": {
    what: "A service is one that a host needs to run, or to be reached.",
    why: "Services of the pair are stopped on the standby host.",
    mend: "Remove it from `services`.",
    example: "services: [{unit: slurmctld, place: after-xcat}]",
  },
  "fencing-command-illegal": {
    what: "A fencing command is not one program with its arguments.",
    why: "It runs without a shell, and its answer decides whether a host counts as powered off. A pipe, a `;` or a `$` would be passed on as a word: `echo off | grep off` proves nothing.",
    mend: "Write what needs a shell into a script, and name the script.",
    example:
      'hosts: [{name: host1, address: 10.5.106.70, fencing: {status: /etc/fence host1 status, "off": /etc/fence host1 off}}, {name: host2, address: 10.5.106.5}]',
  },
  "fencing-command-secret": {
    what: "A fencing command seems to hold a password. This is a warning.",
    why: "The command is written into the inventory, is committed with it, and shows in the list of processes.",
    mend: "Keep the password in a file that the program reads.",
    example:
      'hosts: [{name: host1, address: 10.5.106.70, fencing: {status: ipmitool -H bmc1 -f /root/.bmc power status, "off": ipmitool -H bmc1 -f /root/.bmc power off}}, {name: host2, address: 10.5.106.5}]',
  },
  "platform-lacks-console": {
    what: "The platform has no console server of this kind.",
    why: "xCAT's packages for it bring another one. `xcatha schema` and the README list them.",
    mend: "Choose one that the platform has, or `none`.",
    example: "console: goconserver",
  },
  "platform-lacks-dhcp": {
    what: "The platform has no DHCP server of this kind.",
    why: "Newer platforms have Kea alone, older ones ISC's dhcpd.",
    mend: "Choose one that the platform has, or `none`.",
    example: "platform: el10\ndhcp: kea",
  },
  "version-malformed": {
    what: "A value is not a version of xCAT.",
    why: "go-xcat installs the release that is named.",
    mend: "Write two or three numbers with dots between, in quotes.",
    example: 'xcat: {version: "2.17.0"}',
  },
  "version-moving": {
    what: "A version such as `latest` is another from day to day.",
    why: "Both hosts need the same version, and may be installed on different days.",
    mend: "Name a release, in quotes.",
    example: 'xcat: {version: "2.17.0"}',
  },
  "source-malformed": {
    what: "A source of xCAT is neither a URL nor an absolute path.",
    why: "go-xcat, or a repository, is read from there. A login in a URL would be committed with the model.",
    mend: "Write an http or https URL without a login, or an absolute path.",
    example: "xcat: {source: {script: 'https://mirror.example.com/go-xcat'}}",
  },
};
