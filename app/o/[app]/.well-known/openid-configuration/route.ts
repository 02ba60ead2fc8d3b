/** OpenID Connect Discovery 1.0 §4 */
export { metadataRoute as GET } from "@/lib/oauth/endpoints/documents";
