/** The routes of app/, sorted by path; `file` is absolute, dynamic segments stay as `[name]`. */
export function listRoutes(appDir: string): { path: string; file: string }[];
