using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;

namespace Hudya.Tests.Attacks;

[Collection(nameof(WholeProcess))]
public class No_hostile_token_opens_a_socket
{
    [Fact]
    public void Decoding_a_hostile_token_opens_no_connection()
    {
        using var network = new NetworkListener();
        foreach ((_, PlainJwt service, HostileToken token) in Corpus.Served())
            service.Decode(token.Token);

        network.Events.Should().BeEmpty();
        No_key_is_taken_from_a_token.SomebodyCame.Should().BeFalse();
    }

    /// <summary>The test above would pass if the listener recorded nothing.</summary>
    [Fact]
    public void The_listener_notices_a_connection_that_is_opened()
    {
        using var network = new NetworkListener();
        using var server = new TcpListener(IPAddress.Loopback, port: 0);
        server.Start();

        using var client = new TcpClient();
        client.Connect((IPEndPoint)server.LocalEndpoint);

        network.Events.Should().NotBeEmpty();
        server.Pending().Should().BeTrue();
    }

    private sealed class NetworkListener : EventListener
    {
        private readonly ConcurrentQueue<string> _events = new();

        public IEnumerable<string> Events => _events;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.NameResolution" or "System.Net.Sockets" or "System.Net.Security")
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            // Counters are sent on a timer, even without network activity.
            if (eventData.EventName != "EventCounters")
                _events.Enqueue($"{eventData.EventSource.Name}/{eventData.EventName}");
        }
    }
}
