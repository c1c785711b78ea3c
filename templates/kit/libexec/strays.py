"""Processes of xCAT's daemons, whoever started them: restartxcatd starts them past systemd."""
import os
import re

import openers

TITLE = re.compile(r"xcatd(:|$| )|\S*in\.tftpd .*/tftpboot")


def find():
    """Process ids of xcatd and of what it starts."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        line = openers.command_line(int(name))
        words = line.split()
        if TITLE.match(line) or (words and "/opt/xcat/sbin/xcatd" in words[:3] and re.search(r"perl|python|xcatd$", words[0])):
            found.append(int(name))
    return found
