/** The shell commands of a Markdown document, run as a newcomer types them: in order, in one shell. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { onCleanup } from "./cleanup";
import { ROOT, until, type Variables } from "./server";

export interface Block {
  file: string;
  /** The title behind the language, or the first line. */
  title: string;
  code: string;
}

/** The blocks in the languages `sh` and `bash`. Others, such as `text` and `json`, are not commands. */
export function readBlocks(file: string): Block[] {
  const text = readFileSync(`${ROOT}/${file}`, "utf8");
  return [...text.matchAll(/^```(?:sh|bash)(?: (.+))?\n([\s\S]*?)\n```$/gm)].map(([, title, code = ""]) => ({
    file,
    title: title ?? code.split("\n")[0] ?? "",
    code,
  }));
}

/** What follows a placeholder's name in earlier output. The newest match counts. */
const PLACES: Record<string, RegExp> = {
  APP: /\b(app_[a-z0-9]{14})\b/g,
  KEY: /\b(foyer_sk_\w{40,})/g,
  TOKEN: /"token": ?"([^"]+)"/g,
  ACCESS: /"access_token": ?"([^"]+)"/g,
  ID_TOKEN: /"id_token": ?"([^"]+)"/g,
  REFRESH: /"refresh_token": ?"([^"]+)"/g,
  USER_ID: /\b(usr_[a-z0-9]+)/g,
  AGENT: /"client_id": ?"(cli_\w+)"/g,
  AGENT_TOKEN: /\b(foyer_rat_\w+)/g,
  REGISTRATION_TOKEN: /\b(foyer_iat_\w+)/g,
  CLIENT: /\b(cli_\w+)/g,
  DEVICE_CODE: /\b(fd_[\w-]+)/g,
  MFA_TOKEN: /"mfa_token": ?"([^"]+)"/g,
  TOTP_SECRET: /"secret": ?"([A-Z2-7]{32})"/g,
  RECOVERY_CODE: /"((?:[0-9a-z]{4}-){3}[0-9a-z]{4})"/g,
  FACTOR_ID: /\b(fac_[a-z0-9]+)/g,
  SECRET: /\b(foyer_cs_\w+)/g,
  KEY_ID: /\b(key_[a-z0-9]+)/g,
  SECRET_ID: /\b(sec_[a-z0-9]+)/g,
  KID: /^([\w-]{43}) /gm,
  LINK: /(http:\S+\/api\/auth\/verify\/\S+token=[\w.-]+)/g,
  DIGITS: /^code +(\d{6})$/gm,
};

/** Values that come from a browser. */
export type FromBrowser = (name: string, output: string) => Promise<string>;

/** `NAME=prefix…`, in quotes or not. */
const PLACEHOLDER = /\b([A-Z_]+)=(['"]?)[^\s'"]*…[^\s'"]*\2/g;

async function fill(code: string, output: string, fromBrowser: FromBrowser): Promise<string> {
  let filled = code;
  for (const [text, name = ""] of code.matchAll(PLACEHOLDER)) {
    // A second client has names such as API_CLIENT.
    const place = PLACES[name] ?? PLACES[name.replace(/^[A-Z]+_/, "")];
    const found = place ? [...output.matchAll(place)].at(-1)?.[1] : await fromBrowser(name, output);
    if (!found) throw new Error(`No earlier output contains a value for ${name}.`);
    filled = filled.replace(text, () => `${name}='${found}'`);
  }
  return filled;
}

/** Commands that print that they are ready, and run on: a newcomer opens another terminal. */
const SERVER = /^.*\bnode examples\/\S+\.mjs$/gm;

/** `curl` that fails for an error of the API, too. */
const PRELUDE = `
curl() { command curl --fail-with-body "$@"; }
set -o errtrace
trap 'echo "FAILED ($?): $BASH_COMMAND"' ERR
in_another_terminal() {
  local log; log=$(mktemp)
  eval "exec env $1" > "$log" 2>&1 &
  [[ $1 = *stand-in* ]] || to_stop="$to_stop $!"
  for _ in $(seq 200); do grep -qE " is at | at http" "$log" && { cat "$log"; return; }; sleep 0.05; done
  cat "$log"; echo "FAILED: $1"
}
# Ctrl-C in the terminals of the blog and the print shop, which would use codes up.
press_ctrl_c() { [ -z "$to_stop" ] || { kill $to_stop; wait $to_stop; to_stop=; }; } 2>/dev/null
`;

export class Shell {
  output = "";
  #shell: ChildProcess;
  #count = 0;

  constructor(
    environment: Variables,
    private readonly replaced: [string, string][],
  ) {
    this.#shell = spawn("bash", ["--noprofile", "--norc"], {
      cwd: ROOT,
      env: environment as NodeJS.ProcessEnv,
      // In a group of its own, with the servers that it starts.
      detached: true,
    });
    for (const stream of [this.#shell.stdout, this.#shell.stderr])
      stream?.setEncoding("utf8").on("data", (part) => {
        this.output += part;
      });
    this.#shell.stdin?.write(PRELUDE);
    onCleanup(() => this.close());
  }

  /** Runs a block and returns its output. Throws if one of its commands fails. */
  async run({ code }: Block, fromBrowser: FromBrowser): Promise<string> {
    const local = this.replaced.reduce((text, [from, to]) => text.replaceAll(from, to), code);
    if (/\bCODE=…/.test(local)) await this.#execute("press_ctrl_c");
    const filled = await fill(local, this.output, fromBrowser);
    if (filled.includes("…")) throw new Error(`The placeholder can't be typed: ${/.*….*/.exec(filled)?.[0]}`);
    const output = await this.#execute(filled.replace(SERVER, (line) => `in_another_terminal ${quote(line)}`));
    const failed = /^FAILED.*/m.exec(output);
    if (failed) throw new Error(`${failed[0]}\n${output}`);
    return output;
  }

  /** Types commands and waits until they have ended. Returns their output. */
  async #execute(commands: string): Promise<string> {
    const started = this.output.length;
    const end = `--- end of block ${++this.#count} ---`;
    this.#shell.stdin?.write(`${commands}\necho; echo "${end}"\n`);
    const isOver = () => this.output.includes(`\n${end}`, started) || this.#shell.exitCode !== null;
    await until(`these commands end:\n${commands}`, isOver, 90).catch((error) => {
      throw new Error(`${error.message}\n${this.output.slice(started)}`);
    });
    return this.output.slice(started);
  }

  close(): void {
    try {
      process.kill(-(this.#shell.pid ?? 0), "SIGKILL");
    } catch {
      // It has ended.
    }
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
