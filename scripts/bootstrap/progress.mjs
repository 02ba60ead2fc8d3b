// Progress of a command: a line per step with its duration, and further lines during long steps.

const TICK_SECONDS = 8;

/** Where progress is printed. The CLI sets it to stderr, because stdout is for its result. */
export const output = { stream: process.stdout };

export function say(line) {
  output.stream.write(`${line}\n`);
}

/** Runs `work` as a step. Its name is a present participle ("Building the pages"). */
export async function step(name, work) {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  say(`${name} …`);
  const timer = setInterval(() => say(`  still ${lowerFirst(name)}, ${seconds().toFixed(0)} s`), TICK_SECONDS * 1000);
  try {
    const result = await work();
    say(`  done in ${seconds().toFixed(1)} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
