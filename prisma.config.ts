/** Where Prisma's tools find the schema. The server never reads this; migrations are applied by lib/database/migrate.ts. */
import { defineConfig } from "prisma/config";

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
