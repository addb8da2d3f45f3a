// Speaks for golang-jwt: reads one JSON object from standard input, writes one array to standard output.
//
// golang_jwt issue    {"privateKey", "asked": [{"payload", "keyId"}]}   -> [{"token"}]
// golang_jwt verify   {"publicKey", "tokens"}                           -> [{"payload"} or {"error"}]
// golang_jwt ready    {}                                                -> [{"version"}]
package main

import (
	"encoding/json"
	"errors"
	"os"

	"github.com/golang-jwt/jwt"
)

// The library does not contain its version, so golang_jwt.sh sets it.
var version string

type question struct {
	PrivateKey, PublicKey string
	Asked                 []struct {
		Payload jwt.MapClaims
		KeyID   string
	}
	Tokens []string
}

type answer map[string]any

func issue(data question) (answers []answer) {
	key := must(jwt.ParseRSAPrivateKeyFromPEM([]byte(data.PrivateKey)))
	for _, asked := range data.Asked {
		token := jwt.NewWithClaims(jwt.SigningMethodRS256, asked.Payload)
		if asked.KeyID != "" {
			token.Header["kid"] = asked.KeyID
		}
		answers = append(answers, answer{"token": must(token.SignedString(key))})
	}
	return answers
}

func verify(data question) (answers []answer) {
	key := must(jwt.ParseRSAPublicKeyFromPEM([]byte(data.PublicKey)))
	for _, text := range data.Tokens {
		token, err := jwt.Parse(text, func(*jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"RS256"}))
		switch {
		case err == nil:
			answers = append(answers, answer{"payload": token.Claims})
		case errors.Is(err, jwt.ErrTokenSignatureInvalid):
			answers = append(answers, answer{"error": "ErrTokenSignatureInvalid"})
		default:
			answers = append(answers, answer{"error": err.Error()})
		}
	}
	return answers
}

func ready(question) []answer {
	return []answer{{"version": version}}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	verbs := map[string]func(question) []answer{"issue": issue, "verify": verify, "ready": ready}
	var data question
	if err := json.NewDecoder(os.Stdin).Decode(&data); err != nil {
		panic(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(verbs[os.Args[1]](data)); err != nil {
		panic(err)
	}
}
