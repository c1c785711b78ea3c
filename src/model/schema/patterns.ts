// For editors: the rules say the same with better words, and more.

export const ipv4 = "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$";
export const hostname = "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$";
export const absolute = "^/";
export const urlOrPath = "^(https?:/)?/";
