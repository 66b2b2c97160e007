using HealthEquity.Api.Answers;

namespace HealthEquity.Tests.Api.Answers;

public sealed class AnswerCacheTests
{
    [Fact]
    public void An_answer_is_cached_only_for_its_generation_of_the_directory()
    {
        var cache = new AnswerCache(new AnswerCacheOptions());
        var answer = new Answer([1], null) { Generation = 7 };
        cache.Keep(1, answer);
        Assert.Same(answer, cache.Find(1, 7));
        Assert.Null(cache.Find(1, 8));
        cache.Keep(2, new Answer([2], null) { Generation = 8 });
        Assert.Null(cache.Find(1, 7));
        cache.Keep(3, new Answer([3], null) { Generation = 7 });
        Assert.Null(cache.Find(3, 7));
    }

    [Fact]
    public void An_answer_that_depends_on_the_time_expires()
    {
        var cache = new AnswerCache(new AnswerCacheOptions());
        cache.Keep(1, new Answer([1], null) { Generation = 1, GoodUntil = Environment.TickCount64 - 1 });
        Assert.Null(cache.Find(1, 1));
    }

    [Fact]
    public void Used_answers_stay_in_the_cache_and_others_are_dropped()
    {
        var cache = new AnswerCache(new AnswerCacheOptions { MaximumAnswers = 10 });
        var wanted = new Answer([0], null) { Generation = 1 };
        cache.Keep(0, wanted);
        for (UInt128 key = 1; key < 100; key++)
        {
            cache.Keep(key, new Answer([1], null) { Generation = 1 });
            Assert.Same(wanted, cache.Find(0, 1));
        }

        var kept = Enumerable.Range(1, 99).Count(key => cache.Find((UInt128)key, 1) is not null);
        Assert.InRange(kept, 1, 10);
    }

    [Fact]
    public void Once_the_cache_has_been_full_an_answer_is_kept_when_its_request_comes_again()
    {
        var cache = new AnswerCache(new AnswerCacheOptions { MaximumAnswers = 10 });
        for (UInt128 key = 1; key <= 6; key++)
        {
            cache.Keep(key, new Answer([1], null) { Generation = 1 });
        }

        var answer = new Answer([2], null) { Generation = 1 };
        cache.Keep(100, answer);
        Assert.Null(cache.Find(100, 1));
        cache.Keep(100, answer);
        Assert.Same(answer, cache.Find(100, 1));

        // A new generation starts with an empty cache.
        var fresh = new Answer([3], null) { Generation = 2 };
        cache.Keep(101, fresh);
        Assert.Same(fresh, cache.Find(101, 2));
    }

    [Fact]
    public void Large_answers_count_by_their_size()
    {
        var cache = new AnswerCache(new AnswerCacheOptions { MaximumMegabytes = 1 });
        for (UInt128 key = 0; key < 100; key++)
        {
            cache.Keep(key, new Answer(new byte[50_000], null) { Generation = 1 });
        }

        var kept = Enumerable.Range(0, 100).Count(key => cache.Find((UInt128)key, 1) is not null);
        Assert.InRange(kept, 5, 22);
        cache.Keep(1000, new Answer(new byte[500_000], null) { Generation = 1 });
        Assert.Null(cache.Find(1000, 1));
    }

    [Fact]
    public void The_hash_is_SipHash_2_4_with_128_bits()
    {
        // The authors' test vectors: key 00…0f, input of 0, 1, 8 and 15 ascending bytes.
        byte[] ascending = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        var hash = new KeyedHash(ascending);
        Assert.Equal("a3817f04ba25a8e66df67214c7550293", Hex(hash.Of(ascending.AsSpan(0, 0))));
        Assert.Equal("da87c1d86b99af44347659119b22fc45", Hex(hash.Of(ascending.AsSpan(0, 1))));
        Assert.Equal("3b62a9ba6258f5610f83e264f31497b4", Hex(hash.Of(ascending.AsSpan(0, 8))));
        Assert.Equal("5493e99933b0a8117e08ec0f97cfc3d9", Hex(hash.Of(ascending.AsSpan(0, 15))));
        Assert.NotEqual(new KeyedHash().Of("a"), new KeyedHash().Of("a"));
    }

    private static string Hex(UInt128 hash)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        return Convert.ToHexStringLower(bytes);
    }
}
