"""What is refused, by two hosts' answers: CHECKS gives for each refusal's id the function that finds its sentence.

Each function takes a `Case`, changes nothing, and returns the sentence that is shown, or None where nothing is refused.
Which of them are asked, and when, say the playbooks; `src/plan/refusals.ts` says of each what it means and how to mend it.
"""
import clocks


class Case:
    """Two hosts' answers as one of them is to go on, and the words that the operator gave."""

    def __init__(self, given):
        answers = given["answers"]
        self.given = given
        # This host and its peer: their names, and what each answered.
        self.name, self.peer_name = given["host"], given["peer"]
        self.here, self.peer = answers[self.name], answers[self.peer_name]
        self.both = [self.here, self.peer]
        self.active = next(iter(sorted(host["name"] for host in self.both if host.get("activated") == "yes")), "")
        self.owner = next((host["owner"] for host in self.both if host.get("owner") in (self.name, self.peer_name)), "")
        self.lead = self.active or self.owner or given["primary"]

    @property
    def hands_over(self):
        """The host that a failover is from, "" if there is none. Data that only the active host mounts cannot be read without it."""
        if self.given["to"]:
            return {self.name: self.peer_name, self.peer_name: self.name}.get(self.given["to"][0], "")
        return self.active or self.owner or next((host["name"] for host in self.both if not host["reachable"]), "")

    @property
    def peer_is_fenced(self):
        """By the operator's word, or by its power's own."""
        return self.peer_name in self.given["fenced"] + [self.given["proven"]]


def unasked(host):
    """Why a host gave no answer, after its name."""
    if host["alive"]:
        return "is alive, but cannot be asked ({})".format(host.get("error", ""))
    return "does not answer"


def not_the_models(case):
    here, given = case.here, case.given
    if not here["reachable"]:
        return "{} {}.".format(case.name, unasked(here))
    system = given["system"]
    if here["system_id"] not in system["ids"] or not here["system_version"].startswith(system["version"]):
        return "This is {}; the playbooks were generated for {}.".format(here["system"] or "no system that is known", system["title"])
    if here["user"] != "0":
        return "Ansible is not root here: set become for this host in the model."
    lost = [nic for nic in given["nics"] if nic not in here["nics"].split()]
    if lost:
        return "There is no NIC {}; there are: {}.".format(" and no ".join(lost), here["nics"])
    if here["virtual_ip_at_boot"]:
        return ("{} has the virtual IP {}, which would come back at boot, whoever is active. Give the host another address there, and take "
                "this one out; it may stay on {} until then.").format(
                    " and ".join(here["virtual_ip_at_boot"].split()), " or ".join(given["virtual_addresses"]), given["nics"][0])
    if given["device"]:
        return None
    if "shared data" in here["unanswered"]:
        return "{} gives {}.".format(given["shared"], here["unanswered"]["shared data"])
    if not here["there"]:
        return "{} does not exist: mount the shared data there on both hosts.".format(given["shared"])
    if here["mounted"] != "2":
        return "{} is no mount of its own, it lies on the root file system.".format(given["shared"])
    return None


def not_set_up(case):
    here, given = case.here, case.given
    if here["reachable"] and here["marker"] == given["pair"] and set(given["links"]) <= set(here["complete"].split()):
        return None
    return ("{} cannot become active: {} is not this pair's shared data. It bears the marker of '{}' and holds: {}. Nothing was changed. "
            "Mount the shared data, or run setup.yml if this pair was never set up.").format(
                case.name, given["shared"], here.get("marker") or "nobody", here.get("complete") or "nothing")


def engine(case):
    here, database = case.here, case.given["database"]
    if here.get("engine") == database:
        return None
    return ("The shared data holds xCAT on '{}', and these playbooks were generated for {}. {} was not activated. Generate them for the "
            "database that is there, or run switch-db.yml while xCAT runs.").format(here.get("engine") or "no database", database, case.name)


def version(case):
    has = case.here.get("version", "")
    # What serves the peer is right for this host as well: both may have been upgraded by hand since.
    right = [each for each in (case.given["accept_version"], case.here.get("served"), case.peer.get("version")) if each]
    if not right or has in right:
        return None
    return ("{} has xCAT {}, but {} is what the pair was last served with. Another version may change the tables so that nobody can go "
            "back. Nothing was changed. Install the same version on both hosts, or, if this is the upgrade that you mean, add "
            "-e xcatha_accept_version={}").format(case.name, has or "(not installed)", ", ".join(dict.fromkeys(right)), has)


def clocks_apart(case):
    if not case.peer["reachable"]:
        return None
    seconds = clocks.apart(*case.both)
    if seconds is not None and seconds <= clocks.APART:
        return None
    how = "at least {} s apart".format(int(seconds)) if seconds is not None else "not known both"
    return ("The clocks of {} and {} are {}. Certificates and the database need one time: give both the same NTP servers, wait until "
            "`chronyc tracking` says Normal, and run this playbook again. Nothing was stopped.").format(case.name, case.peer_name, how)


def peer_active(case):
    peer, given = case.peer, case.given
    if not peer["reachable"] or (given["check"] and given["handed_over"]):
        return None
    # An xCAT of its own, from before the setup: neither guarded nor linked to the shared data.
    apart = given["for_setup"] and not peer["guarded"] and not peer["linked"]
    mounted = given["device"] and peer["mounted"] == "2"
    if not (peer["activated"] or peer["virtual_ip"] or mounted or (peer["running"] and not apart)):
        return None
    what = ("holds the virtual IP" if peer["virtual_ip"] else "has the shared data mounted" if mounted
            else "runs " + (peer["running"] or "as active host"))
    return ("{1} is still active: it {2}. Two active hosts would destroy the data, so {0} was not activated and nothing was changed. To move "
            "the service: ansible-playbook failover.yml. To stop {1} first: ansible-playbook deactivate.yml --limit {1}").format(
                case.name, case.peer_name, what)


def fenced_is_alive(case):
    peer = case.peer
    if peer["reachable"] or not peer["alive"] or case.peer_name not in case.given["fenced"]:
        return None
    return ("{} is alive ({}), so it is not fenced, and nothing was changed. It cannot be asked: {}. Mend that, then run again; or cut its "
            "power first.").format(case.peer_name, peer["alive"], peer.get("error", ""))


def owner_is_another(case):
    here, given, owner = case.here, case.given, case.here.get("owner", "")
    if owner in (case.name, "none") or (owner == case.peer_name and (case.peer_is_fenced or given["handed_over"])):
        return None
    if not here.get("marker") and (given["check"] or given["for_setup"]):
        return None
    if case.peer["reachable"]:
        do = "{0} answers: run ansible-playbook deactivate.yml --limit {0} first."
    elif case.peer["alive"]:
        do = "{0} is alive, but cannot be asked ({1}). Mend that, then run again."
    else:
        do = ("{0} does not answer, and may still write to the shared data. Cut its power or unplug its network cable (a host that reaches "
              "the shared data by another path, such as a storage network, is not stopped by that), then run again with "
              "-e xcatha_fenced={0}.")
    return "The owner record on the shared data names '{}', so {} was not activated and nothing was changed. {}".format(
        owner or "nobody that can be read", case.name, do.format(case.peer_name, case.peer.get("error", "")))


def other_data(case):
    if not case.peer["reachable"] or case.peer["identity"] == case.here.get("identity"):
        return None
    return ("{} and {} see different data at {}: the marker that one wrote is not what the other reads. Mount the same file system on both. "
            "No package was installed.").format(case.name, case.peer_name, case.given["shared"])


def is_active(case):
    if not case.here["reachable"]:
        return "{} {}, so it was not made standby. Nothing was changed.".format(case.name, unasked(case.here))
    if not case.here["activated"] and not case.here["virtual_ip"]:
        return None
    return ("{0} is the active host, and standby would take the service away. Nothing was changed. To move the service: ansible-playbook "
            "failover.yml. To stop it: ansible-playbook deactivate.yml --limit {0}").format(case.name)


def no_whole_pair(case):
    if not case.given["alone"] and set(case.given["to"] + case.given["fenced"]) <= {case.name, case.peer_name}:
        return None
    return ("A failover needs both hosts of the pair {}, so run it without --limit; xcatha_to and xcatha_fenced each name one of them: {}. "
            "Nothing was changed.").format(case.given["pair"], " or ".join(sorted([case.name, case.peer_name])))


def nobody_was_active(case):
    if case.hands_over:
        return None
    return ("No host of the pair {} is active and the owner record names nobody, so there is nothing to fail over from. Nothing was changed. "
            "To start a host: ansible-playbook activate.yml --limit HOST").format(case.given["pair"])


def alive_but_unasked(case):
    source = next((host for host in case.both if host["name"] == case.hands_over), None)
    if source is None or source["reachable"] or not source["alive"] or case.active not in ("", case.hands_over):
        return None
    return ("{0} is alive ({1}), but cannot be asked: {2}. It may still serve, so it was neither fenced nor replaced, and nothing was changed. "
            "Mend that, then run again. If it cannot be mended, cut its power, then: ansible-playbook failover.yml -e xcatha_fenced={0}").format(
                source["name"], source["alive"], source.get("error", ""))


def cannot_take_over(case):
    here = case.here
    if here["reachable"] and here["guarded"] == "yes":
        return None
    return ("{0} {1}, so it cannot take over. {2} was left alone. When {0} answers: ansible-playbook standby.yml --limit {0}, then "
            "failover.yml again.").format(case.name, "was never prepared" if here["reachable"] else unasked(here), case.peer_name)


def may_still_write(case):
    if case.peer["reachable"] or case.peer_is_fenced or case.here.get("owner") in ("none", case.name):
        return None
    return ("{1} does not answer, and may still write to the shared data. {0} was not activated and nothing was changed. Cut the power of "
            "{1} or unplug its network cable (a host that reaches the shared data by another path, such as a storage network, is not stopped "
            "by that), then: ansible-playbook failover.yml -e xcatha_fenced={1}").format(case.name, case.peer_name)


def cannot_be_stopped(case):
    if case.here["reachable"]:
        return None
    return "{} {}, so it cannot be deactivated. Its state is not known. To let {} take over: ansible-playbook failover.yml".format(
        case.name, unasked(case.here), case.peer_name)


def no_standby(case):
    if case.active and case.peer["reachable"] and not case.given["alone"]:
        return None
    return ("An upgrade needs both hosts of the pair {}, one of them active. Nothing was changed. See what is missing: ansible-playbook "
            "status.yml, and run this playbook without --limit.").format(case.given["pair"])


def nobody_active(case):
    if case.active:
        return None
    return ("No host of the pair {} is active, so there is no running xCAT whose tables could be moved. Nothing was changed. First: "
            "ansible-playbook activate.yml").format(case.given["pair"])


CHECKS = {
    "platform": not_the_models,
    "set-up": not_set_up,
    "engine": engine,
    "version": version,
    "clocks": clocks_apart,
    "peer": peer_active,
    "alive": fenced_is_alive,
    "owner-allows": owner_is_another,
    "same-data": other_data,
    "refuse-active": is_active,
    "whole-pair": no_whole_pair,
    "nobody-was-active": nobody_was_active,
    "alive-but-unasked": alive_but_unasked,
    "cannot-take-over": cannot_take_over,
    "may-still-write": may_still_write,
    "cannot-be-stopped": cannot_be_stopped,
    "no-standby": no_standby,
    "nobody-active": nobody_active,
}
