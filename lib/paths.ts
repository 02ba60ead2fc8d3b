/** Where things are. Every start script changes into the project's folder first. */
import { join } from "node:path";

export function migrationsFolder(): string {
  return join(process.cwd(), "prisma", "migrations");
}
