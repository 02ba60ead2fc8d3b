/** RFC 8414 §3: the well-known part comes before the path of the issuer. */
export { metadataRoute as GET } from "@/lib/oauth/endpoints/documents";
