"""Where favs keeps what it keeps, and with which rights."""

import os

FILE, FOLDER = 0o600, 0o700
# Where the log is, and the favourites where nobody says where, below the home folder.
LOG = ".local/state/favs/favs.log"
PLACE = ".local/share/favs/favs.db"
# The log's level, in $FAVS_LOG, at which each run leaves a line.
EVERY_RUN = "info"


def below(folder):
    """The paths of a folder and of all that is in it."""
    return [folder] + [os.path.join(parent, name) for parent, folders, files in os.walk(folder) for name in folders + files]
