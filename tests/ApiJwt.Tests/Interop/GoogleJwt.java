import com.google.api.client.http.HttpRequest;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.api.client.util.Key;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Speaks for Google's HTTP client for Java, which signs and reads JWTs: reads one JSON object from standard input, writes
 * one array to standard output. Debian has neither java-jwt nor jjwt.
 *
 * <pre>
 * GoogleJwt issue    {"privateKey", "asked": [{"payload", "keyId"}]}   -> [{"token"}]
 * GoogleJwt verify   {"publicKey", "tokens"}                           -> [{"payload"} or {"error"}]
 * GoogleJwt ready    {}                                                -> [{"version"}]
 * </pre>
 */
public final class GoogleJwt {
    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

    public static final class Question {
        @Key String privateKey;
        @Key String publicKey;
        @Key List<Asked> asked;
        @Key List<String> tokens;
    }

    public static final class Asked {
        @Key JsonWebToken.Payload payload;
        @Key String keyId;
    }

    public static void main(String[] arguments) throws Exception {
        Question question = JSON.createJsonParser(System.in, StandardCharsets.UTF_8).parseAndClose(Question.class);
        List<Map<String, Object>> answers = switch (arguments[0]) {
            case "issue" -> issue(question);
            case "verify" -> verify(question);
            default -> List.of(Map.of("version", HttpRequest.VERSION));
        };
        System.out.write(JSON.toByteArray(answers));
        System.out.flush();
    }

    private static List<Map<String, Object>> issue(Question question) throws Exception {
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytesOf(question.privateKey)));
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Asked asked : question.asked) {
            var header = new JsonWebSignature.Header().setAlgorithm("RS256").setType("JWT").setKeyId(asked.keyId);
            answers.add(Map.of("token", JsonWebSignature.signUsingRsaSha256(key, JSON, header, asked.payload)));
        }
        return answers;
    }

    private static List<Map<String, Object>> verify(Question question) throws Exception {
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytesOf(question.publicKey)));
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String token : question.tokens) {
            JsonWebSignature read = JsonWebSignature.parse(JSON, token);
            answers.add(read.verifySignature(key) ? Map.of("payload", read.getPayload()) : Map.of("error", "verifySignature is false"));
        }
        return answers;
    }

    private static byte[] bytesOf(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
