// PostgreSQL refuses to run as root: who it runs as instead, and how a program is started as that user.
import { spawn } from "node:child_process";
import { chown, stat } from "node:fs/promises";
import { explainSpawn } from "./binaries";
import { errorCode } from "./failure";

export interface Output {
  code: number;
  text: string;
}

export interface Account {
  /** A folder or file that PostgreSQL must own. */
  own(path: string): Promise<void>;
  run(program: string, args: string[]): Promise<Output>;
}

const NOBODY = 65534;
// To pass parent folders that only root may enter. The secure bit is for access(2), with which initdb looks for its
// programs: without it that call ignores the capabilities of whoever is not root.
const PASS_FOLDERS = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];

/** `cluster` is the data folder of PostgreSQL: when it exists, its owner must run `program`. */
export async function chooseAccount(cluster: string, program: string): Promise<Account> {
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
      `PostgreSQL refuses to run as root and user ${uid} may not enter ${program}; run Foyer as an ordinary user, ` +
        "install util-linux (setpriv), or move it to a folder that others may enter.",
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
  const gid = process.platform === "linux" ? NOBODY : await idOf("-g");
  return { uid: process.platform === "linux" ? NOBODY : await idOf("-u"), gid };
}

async function idOf(flag: "-u" | "-g"): Promise<number> {
  const id = Number((await run("id", [flag, "nobody"])).text.trim());
  // macOS gives nobody the id -2.
  return id < 0 ? id + 2 ** 32 : id;
}

function run(program: string, args: string[], as: { uid?: number; gid?: number } = {}): Promise<Output> {
  return new Promise((resolve, reject) => {
    // A fixed locale: without one macOS refuses to start PostgreSQL, and a foreign one would set its messages.
    const env = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" };
    const child = spawn(program, args, {
      cwd: "/",
      stdio: ["ignore", "pipe", "pipe"],
      // A terminal's Ctrl-C goes to its whole process group, and must not reach the database.
      detached: process.platform !== "win32",
      ...(process.platform === "win32" ? {} : { env: env as unknown as NodeJS.ProcessEnv }),
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
