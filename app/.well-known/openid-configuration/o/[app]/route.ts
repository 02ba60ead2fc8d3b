/** RFC 8414 §5: the same document under the name that OpenID clients ask for. */
export { metadataRoute as GET } from "@/lib/oauth/endpoints/documents";
