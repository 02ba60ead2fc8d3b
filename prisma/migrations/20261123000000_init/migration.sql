-- The whole schema, made from schema.prisma; what Prisma cannot say stands at the end, by hand.
BEGIN;

-- CreateEnum
CREATE TYPE "MemberRole" AS ENUM ('owner', 'admin', 'viewer');

-- CreateEnum
CREATE TYPE "SigningKeyStatus" AS ENUM ('next', 'active', 'retiring', 'retired');

-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('browser', 'api');

-- CreateTable
CREATE TABLE "App" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "pairwiseSalt" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "App_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AppMember" (
    "appId" TEXT NOT NULL,
    "developerAppId" TEXT NOT NULL DEFAULT 'app_foyer',
    "userId" TEXT NOT NULL,
    "role" "MemberRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AppMember_pkey" PRIMARY KEY ("appId","userId")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "alg" TEXT NOT NULL,
    "status" "SigningKeyStatus" NOT NULL,
    "publicJwk" JSONB NOT NULL,
    "privateSealed" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activatedAt" TIMESTAMPTZ(3),
    "retiringAt" TIMESTAMPTZ(3),
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "User" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "email" TEXT,
    "emailCanonical" TEXT,
    "emailVerifiedAt" TIMESTAMPTZ(3),
    "passwordHash" TEXT,
    "passwordChangedAt" TIMESTAMPTZ(3),
    "name" TEXT,
    "givenName" TEXT,
    "familyName" TEXT,
    "middleName" TEXT,
    "nickname" TEXT,
    "preferredUsername" TEXT,
    "profile" TEXT,
    "picture" TEXT,
    "website" TEXT,
    "gender" TEXT,
    "birthdate" TEXT,
    "zoneinfo" TEXT,
    "locale" TEXT,
    "phoneNumber" TEXT,
    "phoneNumberVerified" BOOLEAN NOT NULL DEFAULT false,
    "address" JSONB,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "publicMetadata" JSONB NOT NULL DEFAULT '{}',
    "externalId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "connection" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "profile" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "OAuthConfig" (
    "appId" TEXT NOT NULL,
    "connection" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "displayName" TEXT,
    "clientId" TEXT NOT NULL,
    "secretSealed" TEXT,
    "issuer" TEXT,
    "authorizationUrl" TEXT,
    "tokenUrl" TEXT,
    "apiUrl" TEXT,
    "scopes" TEXT[],
    "redirectUris" TEXT[],
    "delivery" TEXT NOT NULL DEFAULT 'query',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OAuthConfig_pkey" PRIMARY KEY ("appId","connection")
);

-- CreateTable
CREATE TABLE "Session" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" "SessionKind" NOT NULL,
    "cookieHash" BYTEA,
    "salt" BYTEA NOT NULL,
    "counter" INTEGER NOT NULL DEFAULT 0,
    "rotatedAt" TIMESTAMPTZ(3),
    "authTime" TIMESTAMPTZ(3) NOT NULL,
    "acr" TEXT,
    "amr" TEXT[],
    "ip" TEXT,
    "userAgent" TEXT,
    "device" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "idleExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedReason" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "OAuthClient" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "logoUrl" TEXT,
    "siteUrl" TEXT,
    "policyUrl" TEXT,
    "termsUrl" TEXT,
    "contacts" TEXT[],
    "applicationType" TEXT NOT NULL DEFAULT 'web',
    "authMethod" TEXT,
    "isPublic" BOOLEAN NOT NULL DEFAULT false,
    "redirectUris" TEXT[],
    "postLogoutRedirectUris" TEXT[],
    "grantTypes" TEXT[],
    "responseTypes" TEXT[],
    "scopes" TEXT[],
    "pkce" TEXT NOT NULL DEFAULT 'required',
    "refresh" TEXT,
    "idTokenAlg" TEXT NOT NULL DEFAULT 'RS256',
    "userinfoAlg" TEXT,
    "accessTokenAlg" TEXT,
    "claimsInIdToken" BOOLEAN NOT NULL DEFAULT true,
    "subjectType" TEXT NOT NULL DEFAULT 'public',
    "sectorIdentifierUri" TEXT,
    "jwks" JSONB,
    "jwksUri" TEXT,
    "requirePar" BOOLEAN NOT NULL DEFAULT false,
    "requireSignedRequest" BOOLEAN NOT NULL DEFAULT false,
    "requestObjectAlg" TEXT,
    "dpopBound" BOOLEAN NOT NULL DEFAULT false,
    "defaultMaxAgeSeconds" INTEGER,
    "requireAuthTime" BOOLEAN NOT NULL DEFAULT false,
    "defaultAcrValues" TEXT[],
    "backchannelLogoutUri" TEXT,
    "backchannelLogoutSession" BOOLEAN NOT NULL DEFAULT false,
    "initiateLoginUri" TEXT,
    "accessTokenTtlSeconds" INTEGER,
    "idTokenTtlSeconds" INTEGER,
    "refreshIdleTtlSeconds" INTEGER,
    "refreshAbsoluteTtlSeconds" INTEGER,
    "firstParty" BOOLEAN NOT NULL DEFAULT false,
    "resourceServer" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL DEFAULT 'console',
    "registrationTokenHash" BYTEA,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "OAuthClient_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "ClientSecret" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ClientSecret_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "Scope" (
    "appId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "sensitive" BOOLEAN NOT NULL DEFAULT false,
    "optional" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Scope_pkey" PRIMARY KEY ("appId","name")
);

-- CreateTable
CREATE TABLE "Resource" (
    "appId" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "accessTokenTtlSeconds" INTEGER,
    "accessTokenAlg" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("appId","identifier")
);

-- CreateTable
CREATE TABLE "AuthorizationRequest" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "clientId" TEXT,
    "kind" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "browserHash" BYTEA,
    "promptsDone" TEXT[],
    "form" JSONB,
    "userId" TEXT,
    "userCode" TEXT,
    "decision" TEXT,
    "pollIntervalSeconds" INTEGER,
    "lastPolledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AuthorizationRequest_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "AuthorizationCode" (
    "appId" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "clientId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "sessionId" TEXT,
    "redirectUri" TEXT,
    "codeChallenge" TEXT,
    "codeChallengeMethod" TEXT,
    "scopes" TEXT[],
    "claims" JSONB,
    "nonce" TEXT,
    "resources" TEXT[],
    "authTime" TIMESTAMPTZ(3) NOT NULL,
    "acr" TEXT,
    "amr" TEXT[],
    "dpopJkt" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),
    "grantId" TEXT,

    CONSTRAINT "AuthorizationCode_pkey" PRIMARY KEY ("appId","hash")
);

-- CreateTable
CREATE TABLE "Consent" (
    "appId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "scopes" TEXT[],
    "declinedScopes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("appId","userId","clientId")
);

-- CreateTable
CREATE TABLE "Grant" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "sessionId" TEXT,
    "subject" TEXT NOT NULL,
    "scopes" TEXT[],
    "claims" JSONB,
    "resources" TEXT[],
    "authTime" TIMESTAMPTZ(3) NOT NULL,
    "acr" TEXT,
    "amr" TEXT[],
    "offline" BOOLEAN NOT NULL DEFAULT false,
    "dpopJkt" TEXT,
    "salt" BYTEA NOT NULL,
    "counter" INTEGER NOT NULL DEFAULT 0,
    "rotatedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "idleExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedReason" TEXT,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "RevokedToken" (
    "appId" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RevokedToken_pkey" PRIMARY KEY ("appId","jti")
);

-- CreateTable
CREATE TABLE "OneTimeToken" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "secretHash" BYTEA NOT NULL,
    "codeHash" BYTEA,
    "userId" TEXT,
    "email" TEXT,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OneTimeToken_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'success',
    "actorType" TEXT NOT NULL,
    "actorId" TEXT,
    "userId" TEXT,
    "clientId" TEXT,
    "sessionId" TEXT,
    "targetType" TEXT,
    "targetId" TEXT,
    "requestId" TEXT,
    "ip" TEXT,
    "userAgent" TEXT,
    "reason" TEXT,
    "explanation" JSONB NOT NULL DEFAULT '{}',
    "count" INTEGER NOT NULL DEFAULT 1,
    "groupKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "Mail" (
    "appId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "userId" TEXT,
    "to" TEXT NOT NULL,
    "toCanonical" TEXT NOT NULL,
    "fromName" TEXT,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "links" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "nextAttemptAt" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("appId","id")
);

-- CreateTable
CREATE TABLE "AttemptCounter" (
    "appId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "keyHash" BYTEA NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AttemptCounter_pkey" PRIMARY KEY ("appId","kind","keyHash")
);

-- CreateTable
CREATE TABLE "UsageCounter" (
    "appId" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "clientId" TEXT NOT NULL DEFAULT '',
    "day" DATE NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "UsageCounter_pkey" PRIMARY KEY ("appId","metric","clientId","day")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "appId" TEXT NOT NULL,
    "keyHash" BYTEA NOT NULL,
    "requestHash" BYTEA NOT NULL,
    "status" INTEGER,
    "bodySealed" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("appId","keyHash")
);

-- CreateIndex
CREATE UNIQUE INDEX "App_issuer_key" ON "App"("issuer");

-- CreateIndex
CREATE INDEX "AppMember_developerAppId_userId_idx" ON "AppMember"("developerAppId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_appId_hash_key" ON "ApiKey"("appId", "hash");

-- CreateIndex
CREATE INDEX "SigningKey_appId_status_idx" ON "SigningKey"("appId", "status");

-- CreateIndex
CREATE INDEX "User_appId_createdAt_id_idx" ON "User"("appId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "User_appId_emailCanonical_key" ON "User"("appId", "emailCanonical");

-- CreateIndex
CREATE UNIQUE INDEX "User_appId_externalId_key" ON "User"("appId", "externalId");

-- CreateIndex
CREATE INDEX "Identity_appId_userId_idx" ON "Identity"("appId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_appId_issuer_subject_key" ON "Identity"("appId", "issuer", "subject");

-- CreateIndex
CREATE INDEX "Session_appId_userId_idx" ON "Session"("appId", "userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "OAuthClient_appId_createdAt_id_idx" ON "OAuthClient"("appId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ClientSecret_appId_clientId_idx" ON "ClientSecret"("appId", "clientId");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_appId_userId_idx" ON "AuthorizationRequest"("appId", "userId");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_appId_clientId_idx" ON "AuthorizationRequest"("appId", "clientId");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_expiresAt_idx" ON "AuthorizationRequest"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AuthorizationRequest_appId_userCode_key" ON "AuthorizationRequest"("appId", "userCode");

-- CreateIndex
CREATE INDEX "AuthorizationCode_appId_grantId_idx" ON "AuthorizationCode"("appId", "grantId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_appId_sessionId_idx" ON "AuthorizationCode"("appId", "sessionId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_appId_userId_idx" ON "AuthorizationCode"("appId", "userId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_appId_clientId_idx" ON "AuthorizationCode"("appId", "clientId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_expiresAt_idx" ON "AuthorizationCode"("expiresAt");

-- CreateIndex
CREATE INDEX "Consent_appId_clientId_idx" ON "Consent"("appId", "clientId");

-- CreateIndex
CREATE INDEX "Grant_appId_userId_idx" ON "Grant"("appId", "userId");

-- CreateIndex
CREATE INDEX "Grant_appId_clientId_idx" ON "Grant"("appId", "clientId");

-- CreateIndex
CREATE INDEX "Grant_appId_sessionId_idx" ON "Grant"("appId", "sessionId");

-- CreateIndex
CREATE INDEX "Grant_expiresAt_idx" ON "Grant"("expiresAt");

-- CreateIndex
CREATE INDEX "RevokedToken_expiresAt_idx" ON "RevokedToken"("expiresAt");

-- CreateIndex
CREATE INDEX "OneTimeToken_appId_purpose_email_idx" ON "OneTimeToken"("appId", "purpose", "email");

-- CreateIndex
CREATE INDEX "OneTimeToken_appId_userId_idx" ON "OneTimeToken"("appId", "userId");

-- CreateIndex
CREATE INDEX "OneTimeToken_expiresAt_idx" ON "OneTimeToken"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeToken_appId_secretHash_key" ON "OneTimeToken"("appId", "secretHash");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_createdAt_idx" ON "AuditEvent"("appId", "createdAt");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_type_createdAt_idx" ON "AuditEvent"("appId", "type", "createdAt");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_userId_createdAt_idx" ON "AuditEvent"("appId", "userId", "createdAt");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_clientId_createdAt_idx" ON "AuditEvent"("appId", "clientId", "createdAt");

-- CreateIndex
CREATE INDEX "AuditEvent_appId_requestId_idx" ON "AuditEvent"("appId", "requestId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_appId_groupKey_key" ON "AuditEvent"("appId", "groupKey");

-- CreateIndex
CREATE INDEX "Mail_appId_toCanonical_createdAt_idx" ON "Mail"("appId", "toCanonical", "createdAt");

-- CreateIndex
CREATE INDEX "Mail_nextAttemptAt_idx" ON "Mail"("nextAttemptAt");

-- CreateIndex
CREATE INDEX "AttemptCounter_expiresAt_idx" ON "AttemptCounter"("expiresAt");

-- CreateIndex
CREATE INDEX "IdempotencyKey_expiresAt_idx" ON "IdempotencyKey"("expiresAt");

-- AddForeignKey
ALTER TABLE "AppMember" ADD CONSTRAINT "AppMember_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppMember" ADD CONSTRAINT "AppMember_developerAppId_userId_fkey" FOREIGN KEY ("developerAppId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OAuthConfig" ADD CONSTRAINT "OAuthConfig_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OAuthClient" ADD CONSTRAINT "OAuthClient_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClientSecret" ADD CONSTRAINT "ClientSecret_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scope" ADD CONSTRAINT "Scope_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationRequest" ADD CONSTRAINT "AuthorizationRequest_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationRequest" ADD CONSTRAINT "AuthorizationRequest_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationRequest" ADD CONSTRAINT "AuthorizationRequest_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_appId_sessionId_fkey" FOREIGN KEY ("appId", "sessionId") REFERENCES "Session"("appId", "id") ON DELETE SET NULL ("sessionId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorizationCode" ADD CONSTRAINT "AuthorizationCode_appId_grantId_fkey" FOREIGN KEY ("appId", "grantId") REFERENCES "Grant"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_appId_clientId_fkey" FOREIGN KEY ("appId", "clientId") REFERENCES "OAuthClient"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_appId_sessionId_fkey" FOREIGN KEY ("appId", "sessionId") REFERENCES "Session"("appId", "id") ON DELETE SET NULL ("sessionId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RevokedToken" ADD CONSTRAINT "RevokedToken_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OneTimeToken" ADD CONSTRAINT "OneTimeToken_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OneTimeToken" ADD CONSTRAINT "OneTimeToken_appId_userId_fkey" FOREIGN KEY ("appId", "userId") REFERENCES "User"("appId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AttemptCounter" ADD CONSTRAINT "AttemptCounter_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageCounter" ADD CONSTRAINT "UsageCounter_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IdempotencyKey" ADD CONSTRAINT "IdempotencyKey_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A developer is a user of tenant zero.
ALTER TABLE "AppMember" ADD CONSTRAINT "AppMember_developerAppId_check" CHECK ("developerAppId" = 'app_foyer');

-- At most one key per algorithm signs.
CREATE UNIQUE INDEX "SigningKey_one_active_key" ON "SigningKey" ("appId", "alg") WHERE "status" = 'active';

-- Configuration is cached in every process; each change of it is announced, whoever makes it.
CREATE FUNCTION foyer_announce_config() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'App' THEN
    PERFORM pg_notify('foyer_config', CASE WHEN TG_OP = 'DELETE' THEN OLD."id" ELSE NEW."id" END);
  ELSE
    PERFORM pg_notify('foyer_config', CASE WHEN TG_OP = 'DELETE' THEN OLD."appId" ELSE NEW."appId" END);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER foyer_announce AFTER INSERT OR UPDATE OR DELETE ON "App" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce AFTER INSERT OR UPDATE OR DELETE ON "SigningKey" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce AFTER INSERT OR UPDATE OR DELETE ON "Scope" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce AFTER INSERT OR UPDATE OR DELETE ON "Resource" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce AFTER INSERT OR UPDATE OR DELETE ON "OAuthConfig" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
-- "lastUsedAt" of these changes all the time and is nobody's business.
CREATE TRIGGER foyer_announce_rows AFTER INSERT OR DELETE ON "ApiKey" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce_changes AFTER UPDATE ON "ApiKey" FOR EACH ROW
  WHEN (OLD."lastUsedAt" IS NOT DISTINCT FROM NEW."lastUsedAt") EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce_rows AFTER INSERT OR DELETE ON "ClientSecret" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce_changes AFTER UPDATE ON "ClientSecret" FOR EACH ROW
  WHEN (OLD."lastUsedAt" IS NOT DISTINCT FROM NEW."lastUsedAt") EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce_rows AFTER INSERT OR DELETE ON "OAuthClient" FOR EACH ROW EXECUTE FUNCTION foyer_announce_config();
CREATE TRIGGER foyer_announce_changes AFTER UPDATE ON "OAuthClient" FOR EACH ROW
  WHEN (OLD."lastUsedAt" IS NOT DISTINCT FROM NEW."lastUsedAt") EXECUTE FUNCTION foyer_announce_config();

COMMIT;
