<?php
// Speaks for firebase/php-jwt: reads one JSON object from standard input, writes one array to standard output.
//
// php_jwt.php issue    {"privateKey", "asked": [{"payload", "keyId"}]}   -> [{"token"}]
// php_jwt.php verify   {"publicKey", "tokens"}                           -> [{"payload"} or {"error"}]
// php_jwt.php ready    {}                                                -> [{"version"}]

use Firebase\JWT\JWT;

const VENDOR = __DIR__ . '/obj/php/vendor';

spl_autoload_register(function ($class) {
    require VENDOR . '/firebase/php-jwt/src/' . basename(strtr($class, '\\', '/')) . '.php';
});

$verbs = [
    'issue' => function ($data) {
        $key = openssl_pkey_get_private($data->privateKey);
        return array_map(fn ($asked) => ['token' => JWT::encode($asked->payload, $key, 'RS256', $asked->keyId ?? null)], $data->asked);
    },

    'verify' => function ($data) {
        $key = openssl_pkey_get_public($data->publicKey);
        return array_map(function ($token) use ($key) {
            try {
                return ['payload' => JWT::decode($token, $key, ['RS256'])];
            } catch (Exception $error) {
                return ['error' => get_class($error)];
            }
        }, $data->tokens);
    },

    'ready' => function () {
        class_exists(JWT::class);
        $packages = json_decode(file_get_contents(VENDOR . '/composer/installed.json'), true, 512, JSON_THROW_ON_ERROR);
        return [['version' => ltrim(array_column($packages, 'version', 'name')['firebase/php-jwt'], 'v')]];
    },
];

echo json_encode($verbs[$argv[1]](json_decode(stream_get_contents(STDIN), false, 512, JSON_THROW_ON_ERROR)), JSON_THROW_ON_ERROR);
