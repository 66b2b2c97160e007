using HealthEquity.Api.Exports;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Search;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Settings;
using HealthEquity.Tests.Search.Index;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace HealthEquity.Tests.Api.Exports;

public sealed class StreamedExportTests
{
    private const int Entries = 4_000;

    private static readonly Lazy<DirectoryExports> Big = new(Generate);

    [Theory]
    [InlineData("directory.csv", "")]
    [InlineData("directory.csv", "gzip")]
    [InlineData("directory.xlsx", "")]
    [InlineData("directory.ndjson", "br")]
    [InlineData("directory.json", "")]
    public async Task A_large_directory_is_sent_in_small_pieces(string file, string coding)
    {
        var body = new Pieces();
        await SendAsync(file, coding, body, CancellationToken.None);
        Assert.True(body.Count > 20, $"{body.Count} pieces");
        Assert.InRange(body.Largest, 1, 128 * 1024);
        Assert.InRange(body.Total, 1_500_000, long.MaxValue);
    }

    [Fact]
    public async Task Writing_stops_while_the_client_does_not_read_and_ends_when_it_disconnects()
    {
        using var gone = new CancellationTokenSource();
        var body = new Pieces { Takes = 3 };
        var sending = SendAsync("directory.ndjson", "", body, gone.Token);
        await body.Full.Task;
        Assert.False(sending.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(3, body.Count);
    }

    private static Task SendAsync(string file, string coding, Stream body, CancellationToken cancellation)
    {
        var context = new DefaultHttpContext { Response = { Body = body } };
        context.Request.Method = HttpMethods.Get;
        context.Request.Headers.AcceptEncoding = coding.Length == 0 ? StringValues.Empty : coding;
        return Big.Value.AnswerAsync(context, new ExportEntriesRequest { File = file }, cancellation);
    }

    private static DirectoryExports Generate()
    {
        var random = new Random(1);
        var directory = TestDirectory.Of([.. Enumerable.Range(0, Entries).Select(i => new Provider
        {
            Name = $"Provider {i}",
            // Text that does not compress.
            Website = $"https://example.org/{Convert.ToHexString(Enumerable.Range(0, 500).Select(_ => (byte)random.Next(256)).ToArray())}",
        })]);
        var published = new PublishedDirectory(directory.Index, TimeProvider.System);
        published.Polled();
        return new DirectoryExports(published, new SearchQueries(published, new DirectoryQuestions(), new DirectorySite(new SiteSettings()), TimeProvider.System), TimeProvider.System);
    }

    /// <summary>A response body that counts bytes and reads only a limited number.</summary>
    private sealed class Pieces : Stream
    {
        public int Takes { get; init; } = int.MaxValue;

        public int Count { get; private set; }

        public int Largest { get; private set; }

        public long Total { get; private set; }

        public TaskCompletionSource Full { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Count == Takes)
            {
                Full.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            Count++;
            Largest = Math.Max(Largest, buffer.Length);
            Total += buffer.Length;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() => throw new NotSupportedException("blocking");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("blocking");
    }
}
