/** QR code as SVG, dark on white with its quiet zone, so that it can be scanned in dark mode too. */
import { encode } from "uqr";

/** The margin that ISO/IEC 18004 requires, in modules. */
const QUIET_ZONE = 4;

/** The dark modules of a row, one path command per run of them. */
function pathOfRow(row: boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    const start = x;
    while (row[x]) x++;
    if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
  }
  return path;
}

export function qrCode(text: string): string {
  const { size, data } = encode(text, { ecc: "L", border: QUIET_ZONE });
  const path = data.map(pathOfRow).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
