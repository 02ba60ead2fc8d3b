import { type Framework, IN_THE_SHELL, SECOND_FACTOR } from "./framework";

function post(url: string, body: object): string {
  return `package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := strings.NewReader(\`${JSON.stringify(body)}\`)
	request, err := http.NewRequest("POST", "${url}", body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("FOYER_API_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	fmt.Println(response.Status, string(text)) // token, refresh_token, user, …
}`;
}

export const go: Framework = {
  id: "go",
  label: "Go",
  prepare: () => ({
    ...IN_THE_SHELL,
    code: `${IN_THE_SHELL.code}
go mod init example.com/hello
go get github.com/MicahParks/keyfunc/v3 github.com/golang-jwt/jwt/v5`,
  }),
  signUp: ({ signUpUrl, email, password }) => ({
    title: "signup.go",
    code: post(signUpUrl, { email, password, name: "Bob" }),
  }),
  signIn: ({ signInUrl, email, password }) => ({ title: "signin.go", code: post(signInUrl, { email, password }) }),
  secondFactor: ({ secondFactorUrl }) => ({
    title: "second-factor.go",
    code: post(secondFactorUrl, SECOND_FACTOR),
  }),
  verify: ({ issuer, appId }) => ({
    title: "verify.go",
    code: `package main

import (
	"errors"
	"log"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

const issuer = "${issuer}"

// fetchKeys is called once. An unknown key ID triggers a refresh.
func fetchKeys() keyfunc.Keyfunc {
	keys, err := keyfunc.NewDefault([]string{issuer + "/jwks"})
	if err != nil {
		log.Fatal(err)
	}
	return keys
}

// verify returns the user's ID, or an error for a token that is forged, expired or of another app.
func verify(keys keyfunc.Keyfunc, encoded string) (string, error) {
	token, err := jwt.Parse(encoded, keys.Keyfunc, jwt.WithValidMethods([]string{"ES256", "RS256"}),
		jwt.WithIssuer(issuer), jwt.WithAudience("${appId}"), jwt.WithExpirationRequired())
	if err != nil {
		return "", err
	}
	if token.Header["typ"] != "at+jwt" {
		return "", errors.New("not an access token")
	}
	return token.Claims.GetSubject()
}`,
  }),
  refresh: ({ refreshUrl }) => ({
    title: "refresh.go",
    code: `package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
)

type session struct {
	Token        string \`json:"token"\`
	RefreshToken string \`json:"refresh_token"\`
}

var errSessionEnded = errors.New("the session has ended")

// refresh returns the next session. Store both of its tokens in place of the old ones.
func refresh(refreshToken string) (*session, error) {
	body, _ := json.Marshal(map[string]string{"refresh_token": refreshToken})
	response, err := http.Post("${refreshUrl}", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusUnauthorized {
		return nil, errSessionEnded
	}
	if response.StatusCode != http.StatusOK {
		return nil, errors.New(response.Status)
	}
	var next session
	return &next, json.NewDecoder(response.Body).Decode(&next)
}`,
  }),
};
