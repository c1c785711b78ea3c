"""The networks that the pair serves, each with its virtual IP; the first is the one of the pair's own name.

The settings of a further network have its number behind their names: VIRTUAL_ADDRESS_2, NIC_2.
"""
import ipaddress


class Network:
    """One network: the virtual IP with its NIC, the address of each host there, and the unit that holds the virtual IP."""

    def __init__(self, settings, number):
        self._settings, self._suffix = settings, "" if number == 1 else "_{}".format(number)
        self.unit = "xcatha-address{}.service".format(self._suffix.replace("_", "-"))
        self.virtual, self.hostname = self._value("VIRTUAL_ADDRESS"), self._value("VIRTUAL_HOSTNAME")
        # Who asks for a host that has no settings yet knows the addresses alone.
        self.prefix, self.net = self._value("VIRTUAL_PREFIX") or "32", self._value("VIRTUAL_NETWORK") or self.virtual
        self.nic, self.own, self.peer = self._value("NIC"), self._value("OWN_ADDRESS"), self._value("PEER_ADDRESS")
        self.peer_nic = self._value("PEER_NIC") or self.nic
        self._range = None

    def __contains__(self, address):
        if self._range is None:
            self._range = ipaddress.ip_network("{}/{}".format(self.net, self.prefix), strict=False)
        return ipaddress.ip_address(address) in self._range

    @property
    def held(self):
        """The virtual IP with its prefix, as `ip address` writes it."""
        return "{}/{}".format(self.virtual, self.prefix)

    def names(self, whose):
        """Names of a host (OWN, PEER) that mean its address in this network alone."""
        return self._value(whose + "_NAMES").split()

    def _value(self, key):
        return self._settings.get(key + self._suffix, "")


def of(settings):
    """All of them, in the model's order."""
    found = [Network(settings, 1)]
    while "VIRTUAL_ADDRESS_{}".format(len(found) + 1) in settings:
        found.append(Network(settings, len(found) + 1))
    return found


def virtual(settings):
    """Every virtual IP."""
    return [network.virtual for network in of(settings)]
