/** Seconds as people say them, e.g. `45 s`, `3 min 20 s`, `4 h 10 min`. */
export const duration = (seconds: number): string => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [
    [hours, "h"],
    [minutes, "min"],
    [hours === 0 ? seconds % 60 : 0, "s"],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, unit]) => `${number} ${unit}`);
  return said.length === 0 ? "0 s" : said.join(" ");
};
