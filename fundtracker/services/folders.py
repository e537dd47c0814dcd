"""The folder of an office: who else can read its files, and what kind of disk it is on."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MOUNTS = Path("/proc/mounts")
# On these, the locks that SQLite relies on do not hold.
NETWORK = frozenset({"afs", "ceph", "cifs", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs",
                     "nfs", "nfs4", "smb3", "smbfs"})  # fmt: skip
SECRETS = ("secret_key", "sign-ins.txt")


def problems(instance: Path, database: Path | None) -> Iterator[str]:
    """Say what is wrong with an office's folder and its database's file, where it has one."""
    secrets = [instance / name for name in SECRETS]
    for file in [*secrets, database] if database else secrets:
        if _is_open_to_others(file):
            yield f"Others on this machine can read {file}. Let its owner alone read it: chmod 600"
    if database and (kind := network_kind(database)):
        yield f"{database} is on a network disk ({kind}), where SQLite cannot keep it safe. Move it to a local disk."


def nearest(path: Path) -> Path:
    """Give the path itself or the nearest folder above it that is there."""
    return next(place for place in (path, *path.parents) if place.exists())


def network_kind(path: Path, mounts: Path = MOUNTS) -> str:
    """Name the kind of network disk that a path is on; empty for a local disk, or where nothing says."""
    if str(path).startswith("\\\\"):
        return "a shared folder"
    if not mounts.exists():
        return ""
    kinds = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    # The last mount on the longest path is the one in use; a space in a path is written \\040.
    places = [(Path(point.replace("\\040", " ")), kind) for point, kind in kinds]
    over = [(len(point.parts), turn, kind) for turn, (point, kind) in enumerate(places) if path.is_relative_to(point)]
    kind = max(over)[2] if over else ""
    return kind if kind in NETWORK else ""


def _is_open_to_others(file: Path) -> bool:
    # Windows keeps who may read a file elsewhere; there the folder's own permissions decide.
    return os.name == "posix" and file.is_file() and bool(stat.S_IMODE(file.stat().st_mode) & 0o077)
