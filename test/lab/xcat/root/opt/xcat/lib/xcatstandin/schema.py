"""The tables that the stand-in has, with xCAT's own column names."""

_DEFINITIONS = """
auditlog     *recid audittime userid clientname clienttype command noderange args status comments disable
bootparams   *node kernel initrd kcmdline addkcmdline dhcpstatements adddhcpstatements comments disable
boottarget   *bprofile kernel initrd kcmdline comments disable
cfgmgt       *node cfgmgr cfgserver roles comments disable
chain        *node currstate currchain chain ondiscover comments disable
deps         *node *nodedep msdelay cmd comments disable
hosts        *node ip hostnames otherinterfaces comments disable
ipmi         *node bmc bmcport taggedvlan bmcid username password comments disable
linuximage   *imagename template boottarget addkcmdline pkglist pkgdir otherpkglist otherpkgdir exlist postinstall rootimgdir kerneldir nodebootif otherifce netdrivers kernelver krpmver permission dump crashkernelsize partitionfile driverupdatesrc usercomment comments disable
mac          *node interface mac comments disable
networks     netname *net *mask mgtifname gateway dhcpserver tftpserver nameservers ntpservers logservers dynamicrange staticrange staticrangeincrement nodehostname ddnsdomain vlanid domain mtu comments disable
nodegroup    *groupname grouptype members membergroups wherevals comments disable
nodehm       *node power mgt cons termserver termport conserver serialport serialspeed serialflow getmac cmdmapping consoleondemand comments disable
nodelist     *node groups status statustime appstatus appstatustime primarysn hidden updatestatus updatestatustime zonename comments disable
nodepos      *node rack u chassis slot room height comments disable
noderes      *node servicenode netboot tftpserver tftpdir nfsserver monserver nfsdir installnic primarynic discoverynics cmdinterface xcatmaster current_osimage next_osimage nimserver routenames nameservers proxydhcp syslog comments disable
nodetype     *node os arch profile provmethod supportedarchs nodetype comments disable
notification *filename tables tableops comments disable
osimage      *imagename groups profile imagetype description provmethod rootfstype osdistroname osupdatename cfmdir osname osvers osarch synclists postscripts postbootscripts serverrole isdeletable kitcomponents environvar comments disable
passwd       *key *username password cryptmethod authdomain comments disable
policy       *priority name host commands noderange parameters time rule comments disable
postscripts  *node postscripts postbootscripts comments disable
prescripts   *node begin end comments disable
routes       *routename net mask gateway ifname comments disable
servicenode  *node nameserver dhcpserver tftpserver nfsserver conserver monserver ldapserver ntpserver ftpserver nimserver ipforward dhcpinterfaces proxydhcp comments disable
site         *key value comments disable
vpd          *node serial mtm side asset uuid comments disable
"""


class Table:
    """One table: its name, its columns in order, and which of them are the key."""

    def __init__(self, name, columns):
        self.name = name
        self.columns = [column.lstrip("*") for column in columns]
        self.keys = [column[1:] for column in columns if column.startswith("*")]


TABLES = {
    name: Table(name, columns)
    for name, *columns in (line.split() for line in _DEFINITIONS.strip().splitlines())
}
