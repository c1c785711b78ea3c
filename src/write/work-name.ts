/** The folder, inside the output folder, in which a run prepares what it writes. */
export const workName = ".xcatha.tmp";

/** In a run's own folder: who it is. */
export const ownerName = "owner.json";

/** Whether a name is that of a workplace, or of one that was taken from a run that had died. */
export const isWork = (name: string): boolean => /^\.xcatha\.tmp(-[0-9a-f]+)?$/.test(name);
