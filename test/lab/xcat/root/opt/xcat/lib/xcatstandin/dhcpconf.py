"""The text of dhcpd.conf as makedhcp -n writes it."""

import ipaddress
from string import Template

from . import omapi, system

_HEAD = Template("""\
#xCAT generated dhcp configuration

option conf-file code 209 = text;
option space isan;
option isan-encap-opts code 43 = encapsulate isan;
option isan.iqn code 203 = string;
option isan.root-path code 201 = string;
option space gpxe;
option gpxe-encap-opts code 175 = encapsulate gpxe;
option gpxe.bus-id code 177 = string;
option user-class-identifier code 77 = string;
option gpxe.no-pxedhcp code 176 = unsigned integer 8;
option tcode code 101 = text;
option iscsi-initiator-iqn code 203 = string;
ddns-update-style interim;
ignore client-updates;
option client-architecture code 93 = unsigned integer 16;
option tcode "$timezone";
option gpxe.no-pxedhcp 1;
option www-server code 114 = string;
option cumulus-provision-url code 239 = text;

omapi-port 7911;
key $key {
  algorithm $algorithm;
  secret "$secret";
};
omapi-key $key;
class "pxe" {
   match if substring (option vendor-class-identifier, 0, 9) = "PXEClient";
   ddns-updates off;
    max-lease-time 600;
}
""")

_SUBNET = Template("""\
shared-network $interface {
  subnet $net netmask $mask {
    authoritative;
    max-lease-time $lease;
    min-lease-time $lease;
    default-lease-time $lease;
$routers    next-server  $next_server;
    option log-servers $logservers;
    option ntp-servers $ntpservers;
    option domain-name "$domain";
    option domain-name-servers  $nameservers;
    option interface-mtu $mtu;
    option domain-search  "$domain";
    option cumulus-provision-url "http://$next_server/install/postscripts/cumulusztp";
    zone $domain. {
       primary $primary; key $key; 
    }
    zone $reverse {
       primary $primary; key $key; 
    }
$range    if option user-class-identifier = "xNBA" and option client-architecture = 00:00 { #x86, xCAT Network Boot Agent
        always-broadcast on;
        filename = "http://$next_server/tftpboot/xcat/xnba/nets/${net}_$prefix";
    } else if option client-architecture = 00:00  { #x86
        filename "xcat/xnba.kpxe";
    } else if option client-architecture = 00:07 { #x86_64 uefi
         filename "xcat/xnba.efi";
    } else if option client-architecture = 00:0b { #aaarch64
       filename "boot/grub2/grub2.aarch64";
    } else if substring(filename,0,1) = null { #otherwise, provide yaboot if the client isn't specific
         filename "/yaboot";
    }
  } # $net/$mask subnet_end
} # $interface nic_end
""")

_OWN = "<xcatmaster>"


class Subnet:
    """A row of the networks table that this host serves, with the host's interface and address in it."""

    def __init__(self, row, interface, own):
        self.row = row
        self.interface = interface
        self.own = own
        self.network = ipaddress.ip_network(f"{row['net']}/{row['mask']}")

    def next_server(self):
        """The tftp server; xCAT's default means the host's own address, not that of site.master."""
        return self._address(self.row.get("tftpserver") or _OWN)

    def gateway(self):
        """The router; none where the row has none, or means a host that does not forward."""
        gateway = self.row.get("gateway", "")
        return "" if gateway == _OWN and not system.forwards() else self._address(gateway)

    def servers(self, site, kind):
        """The network's servers of a kind, else the site's, else this host."""
        return self._address(self.row.get(kind) or site.get(kind) or _OWN)

    def _address(self, value):
        return self.own if value == _OWN else value


def local_subnets(networks, addresses):
    """The networks in which this host has an address, each with the first such address."""
    found = []
    for row in networks:
        network = ipaddress.ip_network(f"{row['net']}/{row['mask']}")
        for interface, address, _ in addresses:
            if ipaddress.ip_address(address) in network:
                found.append(Subnet(row, interface, address))
                break
    return found


def head(site, secret):
    return _HEAD.substitute(
        timezone=site.get("timezone", "Universal"), key=omapi.NAME, algorithm=omapi.ALGORITHM, secret=secret
    )


def subnet(site, part):
    row = part.row
    nameservers = row.get("nameservers") or site.get("nameservers") or site.get("master", "")
    octets = str(part.network.network_address).split(".")[: max(part.network.prefixlen // 8, 1)]
    return _SUBNET.substitute(
        interface=part.interface,
        net=row["net"],
        mask=row["mask"],
        prefix=part.network.prefixlen,
        lease=site.get("dhcplease", "43200"),
        routers=f"    option routers  {part.gateway()};\n" if part.gateway() else "",
        next_server=part.next_server(),
        logservers=part.servers(site, "logservers"),
        ntpservers=part.servers(site, "ntpservers"),
        domain=row.get("domain") or site["domain"],
        nameservers=nameservers.replace(",", ", "),
        primary=nameservers.split(",")[0],
        mtu=row.get("mtu", "1500"),
        key=omapi.NAME,
        reverse=".".join(reversed(octets)) + ".IN-ADDR.ARPA.",
        range="".join(f"    range {item.replace('-', ' ')};\n" for item in row.get("dynamicrange", "").split(";") if item),
    )
