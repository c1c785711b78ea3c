/** Seconds that one of xCAT's network commands may take; 80 were measured when DNS does not answer. */
export const networkTimeout = 180;
