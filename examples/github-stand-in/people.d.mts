export const PEOPLE: { id: number; login: string; name: string | null; email: string | null; verified?: boolean }[];
/** Where something goes wrong, and how: `user:500`. */
export const PLACES: string[];
export const FAULTS: string[];
