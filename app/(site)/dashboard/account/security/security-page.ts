/** The path of the developer's security page. */
export const SECURITY_PAGE = "/dashboard/account/security";
