"""Processes of xCAT's daemons, whoever started them: restartxcatd starts them past systemd."""
import re

import kit
import processes

_TFTP = re.compile(r"^\S*in\.tftpd .*/tftpboot")


def find():
    """Process ids of xcatd and of what it starts."""
    everyone = processes.all_of_host()
    daemons = processes.of_service("xcatd", kit.settings(), everyone)
    return [each.pid for each in daemons + [each for each in everyone if _TFTP.search(each.command)]]
