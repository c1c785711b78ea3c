"""Where the links to the shared data are to be: what stands in their way, and how it is put right."""
import os

import host
import kit
import mounts


def obstacle(settings, path):
    """Why a path cannot lead to the shared data, and what to do; None when nothing is in the way."""
    if settings["METHOD"] == "bind":
        if os.path.islink(path):
            return "{} is a symbolic link to {}, over which nothing can be mounted. {}".format(path, os.readlink(path), make_directory(path))
        return None
    if host.is_mount_point(path):
        return ("{0} is a mount point, which no link can replace. Copy what it holds into a directory, unmount it, put that in its "
                "place and take {0} out of /etc/fstab; or set shared.method: bind in the model, and run xcatha generate.".format(path))
    return None


def at_boot(settings, path):
    """Why a link there would not hold until after the next boot, and what to do; None when it would."""
    source = mounts.in_fstab().get(path)
    if settings["METHOD"] == "bind" or source is None:
        return None
    return ("/etc/fstab mounts {1} at {0}, where a link to the shared data is to be: at the next boot it would cover the shared data. Take "
            "the line out of /etc/fstab; or set shared.method: bind in the model, and run xcatha generate.".format(path, source))


def soft_fault(settings):
    """Why xCAT's tables cannot lie where the shared data is mounted, and what to do; None when they can.

    A soft mount answers a slow server's clients with an error, after which a database takes what it wrote for lost or for written
    (nfs(5): "soft" may corrupt data).
    """
    shared = settings["SHARED"]
    point, kind, options = mounts.holding(os.path.realpath(shared + (settings["DATABASE_DIRECTORY"] or "/etc/xcat")))
    soft = [option for option in ("soft", "softerr") if option in options]
    if not soft:
        return None
    return ("{0} is mounted with the option {1} ({2}): when its server is slow, writes fail, and the database on it is damaged. Mount "
            "it with hard in place of {1}, where it is mounted from (/etc/fstab, /etc/nfsmount.conf or the automounter's map); a remount "
            "does not change that: umount {0}, then mount it again.".format(point, soft[0], kind))


def make_directory(path):
    return "Make it a directory with the same content: cp -a {0}/. {0}.new && rm {0} && mv {0}.new {0}".format(path)


def covered_fault(settings, path):
    return ("{0}{1} is not the shared one on this host: {2}, which /etc/fstab mounts at {1}, was mounted over it. Run umount {0}{1}, and "
            "take the line of {1} out of /etc/fstab.".format(settings["SHARED"], path, mounts.in_fstab()[path]))


def refuse(reasons):
    if reasons:
        raise kit.Refused("{} Nothing was stopped, moved or copied.".format(" ".join(reasons)))
