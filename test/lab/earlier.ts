import type { Host } from "./harness/host.js";
import { REAL_XCAT } from "./harness/paths.js";

// What an administrator did on a host before xcatha came: xCAT under the host's own name.

const ENVIRONMENT = "export PATH=/opt/xcat/bin:/opt/xcat/sbin:$PATH XCATROOT=/opt/xcat;";

// A restore of all tables takes minutes there.
const COMMAND_SECONDS = REAL_XCAT === undefined ? 120 : 900;

/** Runs commands with xCAT's environment, which have to succeed, and gives what they printed. */
export function xcat(host: Host, commands: string, input = ""): Promise<string> {
  return host.ask(`${ENVIRONMENT} ${commands}`, { input, timeoutSeconds: COMMAND_SECONDS });
}

/** Installs xCAT by hand, under the host's own name and address, on SQLite. */
export async function installXcat(host: Host): Promise<void> {
  const names = `${host.address} ${host.name}.lab.example.com ${host.name}`;
  await host.ask(`sed -i 's/^127.0.1.1 .*/${names}/' /etc/hosts`);
  const install =
    "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq xcat";
  await host.ask(install, { timeoutSeconds: 900 });
}

/** Defines nodes, with values that have commas, quotes and letters outside ASCII. */
export function defineNodes(host: Host): Promise<string> {
  return xcat(
    host,
    `set -e
    for n in 1 2 3; do mkdef -t node "cn$n" groups=all,compute "ip=10.77.0.5$n" "mac=02:00:00:00:01:5$n"; done
    chtab node=cn1 'nodelist.comments=rack 7, "left", Tür'
    chtab key=cluster passwd.username=root passwd.comments='not, a secret'`,
  );
}

/** Defines one node. */
export function defineNode(host: Host, name: string, address: string): Promise<string> {
  const mac = `02:00:00:00:01:${address.slice(-2)}`;
  return xcat(host, `mkdef -t node ${name} groups=all ip=${address} mac=${mac}`);
}

/** Every row of every table, as xCAT gives it; the log of commands aside. */
export function tablesOf(host: Host): Promise<string> {
  return xcat(
    host,
    'for t in $(tabdump); do [ "$t" = auditlog ] || { echo "== $t"; tabdump "$t" | sort; }; done',
  );
}

/** Sets a command's switch, such as hollow-pgsqlsetup: the stand-in's own, or on real xCAT that of a wrapper. */
export async function setSwitch(host: Host, name: string, text = ""): Promise<void> {
  // Real xCAT stops that slowly by itself.
  if (REAL_XCAT !== undefined && name !== "slow-xcatd-stop") await wrap(host, name);
  await host.ask(`mkdir -p /etc/xcat-standin && cat > '/etc/xcat-standin/${name}'`, {
    input: text,
  });
}

/** Lets the stand-in behave again. */
export function clearSwitches(host: Host): Promise<string> {
  return host.ask("rm -rf /etc/xcat-standin");
}

/** Puts a program of real xCAT's behind one that asks the switches first, as the stand-in's programs do. */
function wrap(host: Host, name: string): Promise<string> {
  const [, command] = /^(?:delay|fail|hollow)-(\w+)$/.exec(name) ?? [];
  if (command === undefined) throw new Error(`real xCAT has no switch ${name}`);
  const wrapper = `#!/bin/sh
switch() { [ -e "/etc/xcat-standin/$1-${command}" ]; }
value() { cat "/etc/xcat-standin/$1-${command}"; }
if switch delay; then sleep "$(value delay)"; fi
if switch fail; then exit "$(value fail | grep . || echo 1)"; fi
if switch hollow; then exit 0; fi
exec /root/xcat-behind/${command} "$@"
`;
  return host.ask(
    `set -e
    behind=/root/xcat-behind/${command}
    [ ! -e $behind ] || exit 0
    mkdir -p /root/xcat-behind
    path=$(ls -d /opt/xcat/bin/${command} /opt/xcat/sbin/${command} 2>/dev/null | head -1)
    if [ -L $path ]; then ln -s "$(readlink -f $path)" $behind; rm $path; else mv $path $behind; fi
    cat > $path
    chmod 755 $path`,
    { input: wrapper },
  );
}
