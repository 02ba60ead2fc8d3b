/** Paths are inside the checkout. */
export function bundle(options: { entry: string; outfile: string; withRoutes?: boolean }): Promise<void>;
export function stopBundling(): Promise<void>;
