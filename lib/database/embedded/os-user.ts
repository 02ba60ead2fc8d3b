/** Operating-system user for the embedded PostgreSQL, which can't run as root. */
import { spawn } from "node:child_process";
import { chown, stat } from "node:fs/promises";
import { explainSpawn } from "./binaries";
import { errorCode } from "./error-messages";

export interface ProgramResult {
  code: number;
  text: string;
}

export interface OsUser {
  /** Makes this user the owner of a file or folder. */
  own(path: string): Promise<void>;
  run(program: string, args: string[]): Promise<ProgramResult>;
}

const NOBODY = 65534;
// The capability gives the user access to parent folders that only root may enter. initdb looks for
// its programs with access(2), which ignores the capabilities of non-root users unless the secure
// bit is set.
const PASS_FOLDERS = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];

/** `cluster` is PostgreSQL's data folder. If it exists, its owner runs `program`. */
export async function chooseOsUser(cluster: string, program: string): Promise<OsUser> {
  if (process.getuid?.() !== 0) return { own: async () => {}, run };
  const { uid, gid } = await ownerOf(cluster);
  const own = (path: string) => chown(path, uid, gid);
  for (const capabilities of [["--securebits=+no_setuid_fixup", ...PASS_FOLDERS], PASS_FOLDERS]) {
    const prefix = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...capabilities];
    if (await canRun("setpriv", [...prefix, "test", "-x", program])) {
      return { own, run: (name, args) => run("setpriv", [...prefix, name, ...args]) };
    }
  }
  const as = { uid, gid };
  if (!(await canRun("test", ["-x", program], as))) {
    throw new Error(
      `PostgreSQL doesn't run as root, and user ${uid} can't access ${program}. Run Foyer as another user, ` +
        "install util-linux (setpriv), or move Foyer to a folder that other users can access.",
    );
  }
  return { own, run: (name, args) => run(name, args, as) };
}

async function canRun(name: string, args: string[], as?: { uid: number; gid: number }): Promise<boolean> {
  return run(name, args, as).then(
    ({ code }) => code === 0,
    () => false,
  );
}

async function ownerOf(cluster: string): Promise<{ uid: number; gid: number }> {
  try {
    const { uid, gid } = await stat(cluster);
    if (uid !== 0) return { uid, gid };
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const gid = process.platform === "linux" ? NOBODY : await idOfNobody("-g");
  return { uid: process.platform === "linux" ? NOBODY : await idOfNobody("-u"), gid };
}

async function idOfNobody(flag: "-u" | "-g"): Promise<number> {
  const id = Number((await run("id", [flag, "nobody"])).text.trim());
  // On macOS the user `nobody` has the ID -2.
  return id < 0 ? id + 2 ** 32 : id;
}

function run(program: string, args: string[], as: { uid?: number; gid?: number } = {}): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    // Without a locale, PostgreSQL doesn't start on macOS; with another one, its messages are
    // translated.
    const env: Record<string, string | undefined> = {
      LC_ALL: "C",
      TZ: "UTC",
      PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    };
    const child = spawn(program, args, {
      cwd: "/",
      stdio: ["ignore", "pipe", "pipe"],
      // A terminal sends Ctrl-C to its whole process group; the database must not receive it.
      detached: process.platform !== "win32",
      ...(process.platform === "win32" ? {} : { env: env as NodeJS.ProcessEnv }),
      ...as,
    });
    let text = "";
    const collect = (chunk: Buffer) => {
      text += chunk;
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => reject(explainSpawn(error, program)));
    child.on("close", (code) => resolve({ code: code ?? 1, text }));
  });
}
