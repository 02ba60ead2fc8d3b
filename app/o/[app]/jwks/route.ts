/** RFC 7517 §5 */
export { jwksRoute as GET } from "@/lib/oauth/endpoints/documents";
