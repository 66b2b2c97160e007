using HealthEquity.Hosting;

namespace HealthEquity.Tests.Hosting;

public sealed class WorkFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = System.IO.Directory.CreateTempSubdirectory("healthequity-test-");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void What_a_killed_program_left_is_swept_and_what_a_running_one_uses_is_not()
    {
        // A kill leaves the folder and lets the lock go.
        var killed = _parent.CreateSubdirectory("healthequity-work-killed");
        File.WriteAllText(Path.Combine(killed.FullName, ".lock"), "");
        File.WriteAllText(Path.Combine(killed.FullName, "upload.csv"), "name,phone");
        using var running = WorkFolder.Open(_parent.FullName);
        File.WriteAllText(Path.Combine(running.FullPath, "upload.csv"), "name,phone");

        using (var next = WorkFolder.Open(_parent.FullName))
        {
            Assert.False(System.IO.Directory.Exists(killed.FullName));
            Assert.True(File.Exists(Path.Combine(running.FullPath, "upload.csv")));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(next.FullPath));
            }
        }

        Assert.Equal([running.FullPath], System.IO.Directory.GetDirectories(_parent.FullName));
    }
}
