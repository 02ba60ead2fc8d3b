// Serves examples/verify/next-route.ts, compiled by esbuild, at PORT.
import { createServer } from "node:http";
import { build } from "esbuild";

const [file] = process.argv.slice(2);
const { outputFiles } = await build({
  ...{ entryPoints: [file], bundle: true, write: false },
  ...{ format: "esm", platform: "node", target: "node20", logLevel: "silent" },
});
const code = Buffer.from(outputFiles[0].contents).toString("base64");
const { GET } = await import(`data:text/javascript;base64,${code}`);

createServer(async (request, response) => {
  const { authorization = "" } = request.headers;
  const headers = authorization ? { authorization } : {};
  const answer = await GET(new Request(`http://localhost${request.url}`, { headers }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}).listen(process.env.PORT);
